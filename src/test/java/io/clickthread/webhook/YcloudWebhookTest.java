package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is special to YCloud's webhooks. */
class YcloudWebhookTest {

    private final PlayedProvider ycloud = PlayedProvider.of("ycloud");

    @Test
    void aMessageForAnotherNumberThanTheChannelsOwnCountsForTheChannelUnlessWeKnowTheOther() {
        TestChannel other = TestChannel.open(Server.shared(), "ycloud", Webhooks.phone());
        ycloud.send(ycloud.changed(ycloud.complete(), Map.of("+@key@", "+" + other.key)));

        assertThat(ycloud.account.conversation(ycloud.phone)).isNull();
        assertThat(ycloud.channel.quarantined()).isEqualTo(1);
    }

    @Test
    void aFirstMessageThatWhatsappWithheldIsASuspectedAd() {
        ycloud.send(ycloud.changed(ycloud.with("null"), Map.of("\"text\":{\"body\":\"Hi\"}",
                "\"errors\":[{\"code\":\"131060\",\"title\":\"Unavailable\"}]")));

        assertThat(ycloud.account.conversation(ycloud.phone).at("/referralHint/type").asText()).isEqualTo("suspected_ad");
    }
}
