package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Hmacs;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import org.junit.jupiter.api.Test;

/** Zernio's webhooks with values of our own. */
class ZernioWebhookTest {

    private static final String REFERRAL = "{\"ctwa_clid\":\"ARAk-of-ours_1\",\"source_id\":\"120210000000000001\",\"source_type\":\"ad\","
            + "\"source_url\":\"https://fb.me/ours\",\"headline\":\"Chat with us\",\"body\":\"Ask away\",\"media_type\":\"image\"}";

    private final TestChannel channel = TestChannel.open(Server.shared(), "zernio", "a1-" + Webhooks.unique());
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();

    @Test
    void theDocumentedSampleIsCaptured() {
        assertThat(send(sample(REFERRAL)).status()).isEqualTo(200);

        isCaptured();
    }

    @Test
    void aWrongOrMissingSignatureIsRefusedAndStoresNothing() {
        assertThat(channel.post(sample(REFERRAL), "X-Zernio-Signature", Hmacs.hex("HmacSHA256", "other")).status()).isEqualTo(401);
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
    void theReferralMayStandAtTheRootAndTheSignatureInTheFormerHeader() {
        String body = sample("null").replace("\"metadata\":{\"referral\":null}", "\"referral\":" + REFERRAL);
        assertThat(channel.post(body, "X-Late-Signature", Hmacs.hex("HmacSHA256", body)).status()).isEqualTo(200);

        isCaptured();
    }

    @Test
    void theBusinessItselfOtherPlatformsAndOtherEventsAreNoContacts() {
        send(sample(REFERRAL).replace("incoming", "outgoing"));
        send(sample(REFERRAL).replace("\"platform\":\"whatsapp\",\"platformMessageId\"", "\"platform\":\"instagram\",\"platformMessageId\""));
        send(sample(REFERRAL).replace("message.received", "message.read"));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void anAutomaticEventFindsItsContactByTheConversationAndCompletesTheTouch() {
        send(sample(REFERRAL.replace("\"ctwa_clid\":\"ARAk-of-ours_1\",", "")));
        String event = """
                {"id":"evt_3","event":"whatsapp.automatic_event","timestamp":"2026-11-01T10:05:01.000Z","accountId":"%2$s",
                 "conversationId":"c-%1$s","platformMessageId":"wamid.sale-%1$s","eventName":"Purchase","ctwaClid":"ARAk-of-ours_1",
                 "customData":{"currency":"USD","value":25000},"detectedAt":"2026-11-01T10:05:00.000Z"}"""
                .formatted(phone, channel.key);
        assertThat(send(event).status()).isEqualTo(200);
        assertThat(send(event).status()).isEqualTo(200);

        var stored = account.server.database().queryForMap("select event_name, ctwa_clid, value, currency, conversation_id"
                + " from automatic_event where message_id = ?", "wamid.sale-" + phone);
        assertThat(stored).containsEntry("event_name", "Purchase").containsEntry("ctwa_clid", "ARAk-of-ours_1")
                .containsEntry("currency", "USD");
        assertThat((java.math.BigDecimal) stored.get("value")).isEqualByComparingTo("25");
        assertThat(stored.get("conversation_id")).isNotNull();
        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.clicks(phone).get(0).path("ctwa_clid").asText()).isEqualTo("ARAk-of-ours_1");
    }

    @Test
    void aFirstMessageThatWhatsappWithheldIsASuspectedAd() {
        send(sample("null").replace("{\"referral\":null}", "{\"unsupported\":{\"code\":131060,\"title\":\"Unavailable\"}}"));

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
        return channel.post(body, "X-Zernio-Signature", Hmacs.hex("HmacSHA256", body));
    }

    private String sample(String referral) {
        return ("{\"id\":\"evt_1\",\"event\":\"message.received\",\"timestamp\":\"2026-11-01T10:00:01.000Z\",\"message\":{\"id\":\"m1\","
                + "\"conversationId\":\"c-%1$s\",\"platform\":\"whatsapp\",\"platformMessageId\":\"wamid.%1$s\",\"direction\":\"incoming\","
                + "\"text\":\"Hi\",\"attachments\":[],\"sender\":{\"id\":\"%1$s\",\"phoneNumber\":\"+%1$s\","
                + "\"businessScopedUserId\":\"US.%1$s\",\"name\":\"Jane\"},\"sentAt\":\"2026-11-01T10:00:00Z\",\"isRead\":false},"
                + "\"conversation\":{\"id\":\"c-%1$s\",\"platformConversationId\":\"%1$s\",\"status\":\"active\"},"
                + "\"account\":{\"id\":\"%2$s\",\"platform\":\"whatsapp\"},\"metadata\":{\"referral\":%3$s}}")
                .formatted(phone, channel.key, referral);
    }
}
