package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is special to Infobip's webhooks. */
class InfobipWebhookTest {

    private final PlayedProvider infobip = PlayedProvider.of("infobip");

    @Test
    void theSecretMayStandInAnotherHeader() {
        TestChannel named = TestChannel.open(infobip.account, "infobip", Webhooks.phone(), Map.of("header", "Authorization"));
        String body = infobip.complete().replace(infobip.channel.key, named.key);

        assertThat(named.send(body).status()).isEqualTo(401);
        assertThat(named.post(body, "Authorization", TestChannel.SECRET).status()).isEqualTo(200);
        infobip.isCaptured();
    }
}
