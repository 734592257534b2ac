package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.MetaEvents;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.Signed;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources that are shipped as YAML alone, by their senders' own bodies and signatures; the JDK signs. */
class ShippedSourcesTest {

    private static final String SECRET = Server.SOURCE_SECRET;

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.demo(server);
    private final String id = Webhooks.unique();
    private final String clickId = "ARAk-" + id;

    @ParameterizedTest
    @ValueSource(strings = {"shopify", "stripe", "pipedrive", "kafka-orders"})
    void aSourceIsOneFileOfThirtyLinesAtMost(String source) throws IOException {
        Path file = Path.of("routes/sources", source + ".camel.yaml");
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(30);
        assertThat(Files.readString(Path.of("src/main/resources/application.yaml"))).doesNotContain(source);
    }

    @Test
    void aPaidOrderOfShopifyReachesMetaOnceHoweverOftenItIsDelivered() {
        String phone = account.clicked(clickId);
        byte[] order = shopify("paid", false, "+" + phone);
        assertThat(conversions(postShopify(order))).isEqualTo(1);
        assertThat(conversions(postShopify(order))).isEqualTo(1);

        JsonNode event = arrived();
        assertThat(event.path("event_name").asText()).isEqualTo("Purchase");
        assertThat(event.at("/custom_data/value").decimalValue()).isEqualByComparingTo("409.94");
        assertThat(event.at("/custom_data/currency").asText()).isEqualTo("USD");
        assertThat(event.at("/custom_data/content_ids")).map(JsonNode::asText).containsExactly("632910392");
        assertThat(event.toString()).doesNotContain("example.com");
        assertThat(stored("shopify-" + id)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"pending,false", "refunded,false", "paid,true"})
    void anOrderOfShopifyThatIsNotPaidOrATestIsNoConversion(String status, boolean test) {
        Reply reply = postShopify(shopify(status, test, "+" + account.clicked(clickId)));
        assertThat(conversions(reply)).isZero();
        assertThat(reply.json().has("reason")).isFalse();
    }

    @Test
    void aPaymentOfStripeReachesMetaOnceInWholeUnitsOfItsCurrency() {
        String phone = account.clicked(clickId);
        byte[] event = stripe("checkout.session.completed", "paid", "+" + phone, 4990, "eur");
        assertThat(conversions(postStripe(event, now(), SECRET))).isEqualTo(1);
        assertThat(conversions(postStripe(event, now() - 100, "the next secret of it"))).isEqualTo(1);

        JsonNode sent = arrived();
        assertThat(sent.at("/custom_data/value").decimalValue()).isEqualByComparingTo("49.90");
        assertThat(sent.at("/custom_data/currency").asText()).isEqualTo("EUR");
        assertThat(stored("stripe-cs_" + id)).isEqualTo(1);
    }

    @Test
    void aCurrencyWithoutSmallerUnitsHasWholeAmounts() {
        String phone = account.clicked(clickId);
        postStripe(stripe("checkout.session.async_payment_succeeded", "paid", "+" + phone, 4990, "jpy"), now(), SECRET);
        assertThat(arrived().at("/custom_data/value").decimalValue()).isEqualByComparingTo("4990");
    }

    @ParameterizedTest
    @CsvSource({"checkout.session.completed,unpaid", "checkout.session.expired,unpaid", "charge.succeeded,paid"})
    void anotherEventOfStripeIsNoConversion(String type, String status) {
        Reply reply = postStripe(stripe(type, status, "+" + account.clicked(clickId), 4990, "eur"), now(), SECRET);
        assertThat(conversions(reply)).as(reply.body()).isZero();
        assertThat(reply.json().has("reason")).isFalse();
    }

    @Test
    void theSignatureOfStripeIsGoodForFiveMinutesAndForItsTimeAndBodyOnly() {
        byte[] event = stripe("charge.succeeded", "paid", "+15551234567", 1, "usd");
        long now = now();
        String good = hex(now + ".", event, SECRET);
        assertThat(send("stripe", event, "Stripe-Signature", "t=" + now + ",v1=" + good).status()).isEqualTo(200);
        assertThat(send("stripe", event, "Stripe-Signature", "t=" + now + ",v1=" + "0".repeat(64) + ",v1=" + good).status())
                .as("one of two, during a rotation").isEqualTo(200);
        assertThat(postStripe(event, now - 290, SECRET).status()).isEqualTo(200);
        for (String wrong : List.of("t=" + (now - 1) + ",v1=" + good, "v1=" + good, "t=" + now + ",v0=" + good, good, "t=" + now, ",", "v1",
                "t=" + now + ",v1=", "t=now,v1=" + good, "t=" + now + ",v1=" + "0".repeat(64))) {
            assertUnauthorized(send("stripe", event, "Stripe-Signature", wrong));
        }
        assertUnauthorized(postStripe(event, now - 310, SECRET));
        assertUnauthorized(postStripe(event, now + 310, SECRET));
        assertUnauthorized(postStripe(event, now, "another secret of ours"));
    }

    @Test
    void aWonDealOfPipedriveReachesMetaOnce() {
        String phone = account.clicked(clickId);
        byte[] deal = pipedrive("won", "+" + phone, 1500.5);
        String password = basic("clickthread:" + SECRET);
        assertThat(conversions(send("pipedrive", deal, "Authorization", password))).isEqualTo(1);
        assertThat(conversions(send("pipedrive", deal, "Authorization", password))).isEqualTo(1);
        assertThat(conversions(send("pipedrive", pipedrive("open", "+" + phone, 1), "Authorization", password))).isZero();

        JsonNode event = arrived();
        assertThat(event.at("/custom_data/value").decimalValue()).isEqualByComparingTo("1500.5");
        assertThat(event.at("/custom_data/currency").asText()).isEqualTo("BRL");
        assertThat(stored("pipedrive-" + id + "-won")).isEqualTo(1);
    }

    @Test
    void aWrongSecretOrNoneIsRefusedAndStoresNothing() {
        int kept = quarantined();
        byte[] order = shopify("paid", false, "+15551234567");
        String wrong = Base64.getEncoder().encodeToString(mac(order, "another secret of ours"));
        for (String signature : new String[] {wrong, "", "x", hex("", order, SECRET)}) {
            assertUnauthorized(send("shopify", order, "X-Shopify-Hmac-Sha256", signature));
        }
        assertUnauthorized(send("shopify", order));
        assertUnauthorized(send("shopify", shopify("paid", true, "+1"), "X-Shopify-Hmac-Sha256",
                Base64.getEncoder().encodeToString(mac(order, SECRET))));
        byte[] deal = pipedrive("won", "+15551234567", 1);
        for (String password : List.of(basic("clickthread:wrong"), basic(SECRET), basic(SECRET + ":"), basic("clickthread:"), basic(":" + SECRET + "x"),
                "Basic", "Basic !", SECRET, "Bearer " + SECRET)) {
            assertUnauthorized(send("pipedrive", deal, "Authorization", password));
        }
        assertUnauthorized(send("pipedrive", deal));
        assertThat(quarantined()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shopify", "stripe", "pipedrive"})
    void whatCameBeforeItsClickIsTakenFromQuarantineByTheMappingOfItsSource(String source) {
        String phone = Webhooks.phone();
        Reply early = switch (source) {
            case "shopify" -> postShopify(shopify("paid", false, "+" + phone));
            case "stripe" -> postStripe(stripe("checkout.session.completed", "paid", "+" + phone, 700, "usd"), now(), SECRET);
            default -> send(source, pipedrive("won", "+" + phone, 7), "Authorization", basic("x:" + SECRET));
        };
        assertThat(early.status()).isEqualTo(200);
        assertThat(early.json().path("reason").asText()).contains("No CTWA-attributed conversation").doesNotContain(phone);
        JsonNode kept = server.call("GET", "/api/v1/webhooks/quarantine?limit=1&provider=" + source, null).json().at("/webhooks/0");
        assertThat(replay(kept).path("replayed").asBoolean()).isFalse();
        account.receive(Webhooks.click(phone, clickId, TestAccount.now()));
        assertThat(replay(kept).path("replayed").asBoolean()).isTrue();
        assertThat(replay(kept).path("replayed").asBoolean()).isTrue();
        assertThat(arrived().path("event_name").asText()).isEqualTo("Purchase");
    }

    @Test
    void aBodyThatIsSignedAndCannotBeReadIsQuarantinedAndAnswered() {
        int kept = quarantined();
        byte[] broken = "{broken".getBytes(StandardCharsets.UTF_8);
        assertThat(postShopify(broken).json().path("reason").asText()).isEqualTo("It is not a JSON object.");
        byte[] without = Server.json(Map.of("financial_status", "paid", "id", 1));
        assertThat(postShopify(without).json().path("reason").asText()).startsWith("Its fields could not be read");
        assertThat(quarantined()).isEqualTo(kept + 2);
    }

    @Test
    void aBodyThatNamesAnotherMappingIsStillItsOwnSources() {
        String phone = account.clicked(clickId);
        byte[] body = Server.json(Map.of("source", "shopify", "name", "shopify", "financial_status", "paid", "type", "x",
                "eventName", "LeadSubmitted", "eventId", id, "phoneE164", phone));
        assertThat(conversions(postStripe(body, now(), SECRET))).as("Stripe's mapping holds it back").isZero();
        assertThat(server.send("POST", "/sources/shopify%2F..%2Fstripe", body, "Content-Type", "application/json").status()).isIn(400, 401, 404);
    }

    private byte[] shopify(String status, boolean test, String phone) {
        Map<String, Object> order = new HashMap<>(Map.of("id", Long.parseLong(id), "admin_graphql_api_id", "gid://shopify/Order/" + id,
                "financial_status", status, "test", test, "currency", "USD", "total_price", "409.94", "email", "jon@example.com",
                "processed_at", Instant.now().minusSeconds(60).toString(), "customer", Map.of("id", 115310627314723954L),
                "line_items", List.of(Map.of("id", 866550311766439020L, "product_id", 632910392, "quantity", 1, "price", "199.00"))));
        order.put("phone", null);
        order.put("billing_address", Map.of("first_name", "Steve", "phone", phone, "country_code", "US"));
        return Server.json(order);
    }

    private byte[] stripe(String type, String status, String phone, long amount, String currency) {
        return Server.json(Map.of("id", "evt_" + id, "object", "event", "created", now() - 30, "livemode", true, "type", type, "data", Map.of(
                "object", Map.of("id", "cs_" + id, "object", "checkout.session", "amount_total", amount, "currency", currency,
                        "payment_status", status, "customer_details", Map.of("email", "jenny@example.com", "phone", phone)))));
    }

    private byte[] pipedrive(String status, String phone, double value) {
        return Server.json(Map.of("meta", Map.of("action", "change", "entity", "deal", "version", "2.0", "attempt", 1),
                "data", Map.of("id", Long.parseLong(id), "title", "Deal", "status", status, "value", value, "currency", "BRL", "person_id", 3,
                        "won_time", Instant.now().minusSeconds(30).toString(), "custom_fields",
                        Map.of("9dc80c50d78a15643bfc4ca79d76156a73a1ca0e", Map.of("type", "phone", "value", phone))),
                "previous", Map.of("status", "open")));
    }

    private Reply postShopify(byte[] body) {
        return send("shopify", body, "X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(mac(body, SECRET)));
    }

    private Reply postStripe(byte[] body, long time, String secret) {
        return send("stripe", body, "Stripe-Signature", "t=" + time + ",v1=" + hex(time + ".", body, secret) + ",v0=" + "0".repeat(64));
    }

    private Reply send(String source, byte[] body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(Arrays.asList(headers));
        return server.send("POST", "/sources/" + source, body, all.toArray(String[]::new));
    }

    private JsonNode replay(JsonNode kept) {
        return server.call("POST", "/api/v1/webhooks/quarantine/" + kept.path("id").asText() + "/replay", null).json();
    }

    private JsonNode arrived() {
        await().untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(1));
        return MetaEvents.of(server, clickId).get(0);
    }

    private int stored(String eventId) {
        return server.database().queryForObject("select count(*) from conversion where event_id = ?", Integer.class, eventId);
    }

    private int quarantined() {
        return server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
    }

    private static void assertUnauthorized(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(401);
        assertThat(reply.json().path("code").asText()).isEqualTo("invalid_signature");
        assertThat(reply.body()).contains("_SECRET").doesNotContain(SECRET);
    }

    private static int conversions(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().path("conversions").asInt();
    }

    private static long now() {
        return TestAccount.now();
    }

    private static String basic(String both) {
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String before, byte[] body, String secret) {
        byte[] all = Arrays.copyOf(before.getBytes(StandardCharsets.UTF_8), before.length() + body.length);
        System.arraycopy(body, 0, all, before.length(), body.length);
        return Signed.hex("HmacSHA256", all, secret);
    }

    private static byte[] mac(byte[] body, String secret) {
        return HexFormat.of().parseHex(Signed.hex("HmacSHA256", body, secret));
    }
}
