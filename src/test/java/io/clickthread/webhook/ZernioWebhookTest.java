package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Hmacs;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is special to Zernio's webhooks. */
class ZernioWebhookTest {

    private final PlayedProvider zernio = PlayedProvider.of("zernio");
    private final String phone = zernio.phone;

    @Test
    void theReferralMayStandAtTheRootAndTheSignatureInTheFormerHeader() {
        String body = zernio.changed(zernio.with("null"), Map.of("\"metadata\":{\"referral\":null}",
                "\"referral\":" + zernio.contract.ad()));
        assertThat(zernio.channel.post(body, "X-Late-Signature", Hmacs.hex("HmacSHA256", body)).status()).isEqualTo(200);

        zernio.isCaptured();
    }

    @Test
    void anAutomaticEventFindsItsContactByTheConversationAndCompletesTheTouch() {
        zernio.send(zernio.changed(zernio.complete(), Map.of("\"ctwa_clid\":\"ARAk-of-ours_1\",", "")));
        String event = """
                {"id":"evt_3","event":"whatsapp.automatic_event","timestamp":"2026-11-01T10:05:01.000Z","accountId":"%2$s",
                 "conversationId":"c-%1$s","platformMessageId":"wamid.sale-%1$s","eventName":"Purchase","ctwaClid":"ARAk-of-ours_1",
                 "customData":{"currency":"USD","value":25000},"detectedAt":"2026-11-01T10:05:00.000Z"}"""
                .formatted(phone, zernio.channel.key);
        assertThat(zernio.send(event).status()).isEqualTo(200);
        assertThat(zernio.send(event).status()).isEqualTo(200);

        var stored = zernio.account.server.database().queryForMap("select event_name, ctwa_clid, value, currency, conversation_id"
                + " from automatic_event where message_id = ?", "wamid.sale-" + phone);
        assertThat(stored).containsEntry("event_name", "Purchase").containsEntry("ctwa_clid", "ARAk-of-ours_1")
                .containsEntry("currency", "USD");
        assertThat((java.math.BigDecimal) stored.get("value")).isEqualByComparingTo("25");
        assertThat(stored.get("conversation_id")).isNotNull();
        assertThat(zernio.clicks()).hasSize(1);
        assertThat(zernio.clicks().get(0).path("ctwa_clid").asText()).isEqualTo("ARAk-of-ours_1");
    }

    @Test
    void aFirstMessageThatWhatsappWithheldIsASuspectedAd() {
        zernio.send(zernio.changed(zernio.with("null"), Map.of("{\"referral\":null}",
                "{\"unsupported\":{\"code\":131060,\"title\":\"Unavailable\"}}")));

        assertThat(zernio.account.conversation(phone).at("/referralHint/type").asText()).isEqualTo("suspected_ad");
    }
}
