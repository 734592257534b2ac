package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.security.HmacSha256;
import io.clickthread.support.MetaEvents;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any shop or CRM that signs its webhooks reports conversions with them. */
class SourceWebhookTest {

    private static final HmacSha256 HMAC = new HmacSha256(Server.SOURCE_SECRET);

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.demo(server);
    private final String order = Webhooks.unique();
    private final String clickId = "ARAk-" + order;
    private final LocalDateTime paid = LocalDateTime.now(ZoneOffset.UTC).withNano(0);

    @Test
    void aPaidOrderOfAShopReachesMetaWithItsAmountOnce() {
        String phone = account.clicked(clickId);
        assertThat(wooCommerce("processing", "+" + phone).json().path("conversions").asInt()).isEqualTo(1);
        assertThat(wooCommerce("completed", "+" + phone).status()).isEqualTo(200);

        JsonNode event = arrived();
        assertThat(event.path("event_name").asText()).isEqualTo("Purchase");
        assertThat(event.at("/custom_data/value").decimalValue()).isEqualByComparingTo("129.90");
        assertThat(event.at("/custom_data/currency").asText()).isEqualTo("EUR");
        assertThat(event.at("/custom_data/content_ids")).map(JsonNode::asText).containsExactly("93", "22");
        assertThat(event.toString()).doesNotContain("example.com");
        assertThat(server.database().queryForObject("select count(*) from conversion where event_id = ?", Integer.class,
                "order-" + order)).isEqualTo(1);
    }

    @Test
    void anOrderThatWasFreeIsASaleOfNothing() {
        String phone = account.clicked(clickId);
        assertThat(wooCommerce("completed", "+" + phone, 0, "0.00").json().path("conversions").asInt()).isEqualTo(1);
        assertThat(arrived().at("/custom_data/value").decimalValue()).isEqualByComparingTo("0");
    }

    @Test
    void anOrderWithoutATotalIsKeptAndItsCorrectionIsTaken() {
        String phone = account.clicked(clickId);
        Reply reply = wooCommerce("completed", "+" + phone, 0, "");
        assertThat(reply.json().path("conversions").asInt()).isZero();
        assertThat(reply.json().path("reason").asText()).contains("'value'", "2804009");
        assertThat(newestQuarantined().path("reason").asText()).contains("2804009");
        assertThat(wooCommerce("completed", "+" + phone, 0, "20.00").json().path("conversions").asInt()).isEqualTo(1);
        assertThat(arrived().at("/custom_data/value").decimalValue()).isEqualByComparingTo("20");
    }

    @Test
    void anOrderThatMetaRefusedIsSentOnceTheShopHasChangedIt() {
        String phone = account.clicked(clickId);
        wooCommerce("processing", "+" + phone);
        arrived();
        server.database().update("update conversion set state = 'rejected' where event_id = ?", "order-" + order);
        assertThat(wooCommerce("completed", "+" + phone).json().path("conversions").asInt()).isEqualTo(1);
        assertThat(server.database().queryForObject("select state from conversion where event_id = ?", String.class,
                "order-" + order)).as("the same order is a repetition").isEqualTo("rejected");
        assertThat(wooCommerce("completed", "+" + phone, 0, "99.90").json().path("conversions").asInt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).map(event -> event.at("/custom_data/value")
                .decimalValue().toPlainString()).containsExactly("129.90", "99.90"));
    }

    @Test
    void anOrderThatCountedAndIsChangedIsKeptWithWhatDiffers() {
        String phone = account.clicked(clickId);
        wooCommerce("processing", "+" + phone);
        arrived();
        Reply changed = wooCommerce("completed", "+" + phone, 0, "99.90");
        assertThat(changed.json().path("conversions").asInt()).isZero();
        assertThat(changed.json().path("reason").asText()).contains("'value' differs", "is delivered");
        assertThat(newestQuarantined().path("reason").asText()).contains("'value' differs");
        arrived();
    }

    @Test
    void anOrderThatIsNotPaidIsNoConversion() {
        String phone = account.clicked(clickId);
        Reply reply = wooCommerce("pending", phone);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("conversions").asInt()).isZero();
        assertThat(reply.json().has("reason")).isFalse();
    }

    @Test
    void theStageOfACrmReachesMeta() {
        String phone = account.clicked(clickId);
        byte[] body = Server.json(Map.of("vid", Long.parseLong(order), "properties", Map.of(
                "phone", Map.of("value", "+" + phone), "lifecyclestage", Map.of("value", "salesqualifiedlead"))));
        assertThat(send("hubspot", body, "X-Webhook-Signature", "sha256=" + hex(body)).status()).isEqualTo(200);
        assertThat(arrived().path("event_name").asText()).isEqualTo("QualifiedLead");
    }

    @Test
    void aSenderThatSpeaksTheApisFieldsNeedsNoMapping() {
        String phone = account.clicked(clickId);
        assertThat(shop(Map.of("phoneE164", phone, "eventName", "LeadSubmitted", "eventId", order)).status())
                .isEqualTo(200);
        assertThat(arrived().path("event_name").asText()).isEqualTo("LeadSubmitted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "00", "sha256=", "zz",
        "0000000000000000000000000000000000000000000000000000000000000000"})
    void aMissingOrWrongSignatureIsRefusedAndStoresNothing(String signature) {
        int kept = quarantined();
        byte[] body = Server.json(Map.of("eventId", order));
        Reply reply = signature.isEmpty() ? send("shop", body) : send("shop", body, "X-Webhook-Signature", signature);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("code").asText()).isEqualTo("invalid_signature");
        assertThat(quarantined()).isEqualTo(kept);
    }

    @Test
    void theSignatureOfOneBodyOrSenderIsNotGoodForAnother() {
        byte[] body = Server.json(Map.of("eventId", order));
        assertThat(send("shop", Server.json(Map.of("eventId", "x")), "X-Webhook-Signature", hex(body)).status())
                .isEqualTo(401);
        assertThat(send("hubspot", body, "X-Webhook-Signature", hex(body)).status()).isEqualTo(401);
    }

    @Test
    void aSenderThatIsNotSetUpIsRefusedLikeAWrongSignature() {
        byte[] body = Server.json(Map.of("eventId", order));
        assertThat(send("nobody", body, "X-Webhook-Signature", hex(body)).json().path("code").asText())
                .isEqualTo("invalid_signature");
    }

    @Test
    void whatCannotBeTakenYetIsKeptWithItsReasonAndTakenByAReplay() {
        String phone = Webhooks.phone();
        Reply refused = shop(Map.of("phoneE164", phone, "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", order));
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.json().path("conversions").asInt()).isZero();
        assertThat(refused.json().path("reason").asText()).contains("No CTWA-attributed conversation");
        JsonNode kept = newestQuarantined();
        assertThat(kept.path("provider").asText()).isEqualTo("webhook/shop");
        assertThat(kept.path("reason").asText()).contains("No CTWA-attributed conversation").doesNotContain(phone);

        JsonNode early = replay(kept);
        assertThat(early.path("replayed").asBoolean()).isFalse();
        assertThat(early.path("reason").asText()).contains("No CTWA-attributed conversation");
        account.receive(Webhooks.click(phone, clickId, TestAccount.now()));
        assertThat(replay(kept).path("replayed").asBoolean()).isTrue();
        assertThat(replay(kept).path("replayed").asBoolean()).isTrue();
        arrived();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{broken", "[]", "7", "{\"value\":1e9999999999}", "\"text\"", "", "null", "{}", "{\"eventName\":{}}"})
    void whatWasSignedAndCannotBeReadIsKeptAndAnswered(String text) {
        int kept = quarantined();
        byte[] body = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(send("shop", body, "X-Webhook-Signature", hex(body)).status()).isEqualTo(200);
        assertThat(quarantined()).isEqualTo(kept + 1);
    }

    @Test
    void aBodyThatTheMappingDoesNotFitIsKept() {
        int kept = quarantined();
        byte[] body = Server.json(Map.of("id", 7, "status", "processing"));
        Reply reply = send("woocommerce", body, "X-WC-Webhook-Signature", base64(body));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("reason").asText()).startsWith("Its fields could not be read");
        assertThat(quarantined()).isEqualTo(kept + 1);
    }

    @Test
    void thePingOfAShopThatSavesAWebhookIsAnsweredAndBringsNothing() {
        int kept = quarantined();
        Reply reply = form("woocommerce", "webhook_id=5");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("conversions").asInt()).isZero();
        assertThat(reply.json().has("reason")).isFalse();
        assertThat(quarantined()).isEqualTo(kept);
        assertThat(form("nobody", "webhook_id=5").status()).as("a sender that is not set up").isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook_id=", "webhook_id=x", "webhook_id=5&eventId=7", "webhook_id=123456789012345678901", "", "id=5",
        "webhook_id=5\n", "phoneE164=15551234567&eventName=Purchase&eventId=1"})
    void anotherFormIsNoPingAndStoresNothing(String form) {
        int kept = quarantined();
        assertThat(form("woocommerce", form).status()).isEqualTo(415);
        assertThat(quarantined()).isEqualTo(kept);
    }

    @Test
    void aPingThatIsCalledJsonNeedsASignature() {
        byte[] ping = "webhook_id=5".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(send("woocommerce", ping).status()).isEqualTo(401);
    }

    @Test
    void anOrderOfAShopWhoseClockIsAheadCountsAsOfNow() {
        String phone = account.clicked(clickId);
        assertThat(wooCommerce("processing", "+" + phone, 40, "1").json().path("conversions").asInt()).isEqualTo(1);
        assertThat(arrived().path("event_time").asLong()).isLessThanOrEqualTo(TestAccount.now());
    }

    @Test
    void anOrderOfTheFutureIsKept() {
        String phone = account.clicked(clickId);
        assertThat(wooCommerce("processing", "+" + phone, 400, "1").json().path("reason").asText()).contains("future");
    }

    @Test
    void aSenderThatIsSetSoWaitsForTheClick() {
        int kept = quarantined();
        String phone = Webhooks.phone();
        byte[] body = Server.json(Map.of("phoneE164", phone, "eventName", "LeadSubmitted", "eventId", order));
        Reply early = send("patient", body, "X-Webhook-Signature", hex(body));
        assertThat(early.json().path("conversions").asInt()).as(early.body()).isEqualTo(1);
        assertThat(quarantined()).isEqualTo(kept);
        account.receive(Webhooks.click(phone, clickId, TestAccount.now()));
        assertThat(arrived().path("event_name").asText()).isEqualTo("LeadSubmitted");
    }

    private Reply form(String sender, String form) {
        return server.send("POST", "/sources/webhook/" + sender, form.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "Content-Type", "application/x-www-form-urlencoded", "User-Agent", "WooCommerce/9.8.2 Hookshot (WordPress/6.8)");
    }

    private Reply wooCommerce(String status, String phone) {
        return wooCommerce(status, phone, 0, "129.90");
    }

    private Reply wooCommerce(String status, String phone, long ahead, String total) {
        byte[] body = Server.json(Map.of("id", Long.parseLong(order), "status", status, "currency", "EUR", "total", total,
                "date_paid_gmt", paid.plusSeconds(ahead).toString(),
                "billing", Map.of("phone", phone, "email", "Buyer@example.com", "first_name", "Ada"),
                "line_items", List.of(Map.of("product_id", 93, "quantity", 1), Map.of("product_id", 22, "quantity", 2))));
        return send("woocommerce", body, "X-WC-Webhook-Signature", base64(body));
    }

    private Reply shop(Map<String, ?> fields) {
        byte[] body = Server.json(fields);
        return send("shop", body, "X-Webhook-Signature", hex(body));
    }

    private Reply send(String sender, byte[] body, String... headers) {
        List<String> all = new java.util.ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return server.send("POST", "/sources/webhook/" + sender, body, all.toArray(String[]::new));
    }

    private JsonNode arrived() {
        await().untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(1));
        return MetaEvents.of(server, clickId).get(0);
    }

    private JsonNode newestQuarantined() {
        return server.call("GET", "/api/v1/webhooks/quarantine?limit=1", null).json().at("/webhooks/0");
    }

    private JsonNode replay(JsonNode kept) {
        return server.call("POST", "/api/v1/webhooks/quarantine/" + kept.path("id").asText() + "/replay", null).json();
    }

    private int quarantined() {
        return server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
    }

    private static String hex(byte[] body) {
        return HexFormat.of().formatHex(HMAC.sign(body));
    }

    private static String base64(byte[] body) {
        return Base64.getEncoder().encodeToString(HMAC.sign(body));
    }
}
