package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import org.junit.jupiter.api.Test;

/** YCloud's inbound messages with values of our own. */
class YcloudWebhookTest {

    private static final String REFERRAL = "{\"ctwa_clid\":\"ARAk-of-ours_1\",\"source_id\":\"120210000000000001\",\"source_type\":\"ad\","
            + "\"source_url\":\"https://fb.me/ours\",\"headline\":\"Chat with us\",\"body\":\"Ask away\",\"media_type\":\"image\"}";

    private final TestChannel channel = TestChannel.open(Server.shared(), "ycloud", Webhooks.phone());
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();

    @Test
    void theDocumentedSampleIsCaptured() {
        assertThat(send(sample(REFERRAL)).status()).isEqualTo(200);

        isCaptured();
    }

    @Test
    void aWrongOrMissingSignatureIsRefusedAndStoresNothing() {
        assertThat(channel.post(sample(REFERRAL), "X-Webhook-Secret", "wrong").status()).isEqualTo(401);
        assertThat(channel.post(sample(REFERRAL)).status()).isEqualTo(401);

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void theSameMessageBareAndThenWithItsAdIsOneClick() {
        send(sample("{}"));
        assertThat(account.clicks(phone)).isEmpty();
        send(sample(REFERRAL));
        send(sample(REFERRAL));

        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aBodyOfAnotherProviderIsKept() {
        assertThat(send(new String(Server.json(Webhooks.of("123", Webhooks.click(phone, "x", TestAccount.now()))),
                java.nio.charset.StandardCharsets.UTF_8)).status()).isEqualTo(200);

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isEqualTo(1);
    }

    @Test
    void valuesOfTheWrongTypeDoNoHarm() {
        for (String wrong : new String[] {"[]", "7", "null", "\"x\"", "{\"a\":[{}]}", "[[1],null]"}) {
            assertThat(send(wrong).status()).as(wrong).isEqualTo(200);
            assertThat(send(sample(wrong)).status()).as(wrong).isEqualTo(200);
            assertThat(send(sample(REFERRAL).replace("\"" + phone + "\"", wrong)).status()).as(wrong).isEqualTo(200);
            assertThat(send(sample(REFERRAL).replaceAll("\"2026[^\"]*\"", java.util.regex.Matcher.quoteReplacement(wrong))).status())
                    .as(wrong).isEqualTo(200);
        }
    }

    @Test
    void otherEventsAreNoContacts() {
        send("{\"id\":\"evt_2\",\"type\":\"whatsapp.message.updated\",\"whatsappMessage\":{\"to\":\"+%s\"}}".formatted(phone));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void aMessageForAnotherNumberThanTheChannelsOwnCountsForTheChannelUnlessWeKnowTheOther() {
        TestChannel other = TestChannel.open(Server.shared(), "ycloud", Webhooks.phone());
        send(sample(REFERRAL).replace("+" + channel.key, "+" + other.key));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isEqualTo(1);
    }

    @Test
    void aFirstMessageThatWhatsappWithheldIsASuspectedAd() {
        send(sample("null").replace("\"text\":{\"body\":\"Hi\"}", "\"errors\":[{\"code\":\"131060\",\"title\":\"Unavailable\"}]"));

        assertThat(account.conversation(phone).at("/referralHint/type").asText()).isEqualTo("suspected_ad");
    }

    private void isCaptured() {
        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.path("ctwa_clid").asText()).isEqualTo("ARAk-of-ours_1");
        assertThat(click.path("source_id").asText()).isEqualTo("120210000000000001");
        assertThat(click.path("source_type").asText()).isEqualTo("ad");
        assertThat(click.path("source_url").asText()).isEqualTo("https://fb.me/ours");
        assertThat(click.path("headline").asText()).isEqualTo("Chat with us");
        assertThat(click.path("body").asText()).isEqualTo("Ask away");
        assertThat(click.path("media_type").asText()).isEqualTo("image");
        assertThat(click.path("clicked_at").asText()).isEqualTo("2026-11-01T10:00:00.000Z");
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Jane");
    }

    private Reply send(String body) {
        return channel.send(body);
    }

    private String sample(String referral) {
        return ("{\"id\":\"evt_1\",\"type\":\"whatsapp.inbound_message.received\",\"apiVersion\":\"v2\",\"whatsappInboundMessage\":{"
                + "\"id\":\"63f5-%1$s\",\"wamid\":\"wamid.%1$s\",\"wabaId\":\"1029\",\"from\":\"+%1$s\",\"fromUserId\":\"US.%1$s\","
                + "\"to\":\"+%2$s\",\"customerProfile\":{\"name\":\"Jane\"},\"sendTime\":\"2026-11-01T10:00:00.000Z\",\"type\":\"text\","
                + "\"text\":{\"body\":\"Hi\"},\"referral\":%3$s}}").formatted(phone, channel.key, referral);
    }
}
