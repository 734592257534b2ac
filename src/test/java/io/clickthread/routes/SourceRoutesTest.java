package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.clickthread.conversion.NewConversion;
import io.clickthread.conversion.QueuedConversion;
import io.clickthread.support.Server;
import io.clickthread.support.Signed;
import io.clickthread.support.Webhooks;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the webhooks of shops, payment providers and CRMs become: the fields of the API. */
@RoutesOf({"sources/shopify", "sources/stripe", "sources/pipedrive", "sources/chatwoot", "sources/map-woocommerce", "sources/map-hubspot",
    "sources/conversion-webhook", "sources/source-webhook"})
class SourceRoutesTest extends RouteTest {

    private static final String PHONE = "+15551234567";
    private static final long TIME = 1_795_341_524;
    private static final String ISO = Instant.ofEpochSecond(TIME).toString();

    private final String id = Webhooks.unique();

    @BeforeEach
    void play() {
        answersEach(Ledger.ACCEPT, Ledger::fresh);
        answersEach(Ledger.COMPARE, row -> null);
    }

    @Test
    void aPaidOrderOfShopifyIsAPurchase() {
        assertTaken(1, shopify("paid", false));
        assertThat(submitted()).containsOnly(entry("eventName", "Purchase"), entry("eventId", "shopify-" + id), entry("eventTime", TIME),
                entry("phoneE164", PHONE), entry("country", "US"), entry("email", "jon@example.com"), entry("value", new BigDecimal("409.94")),
                entry("currency", "USD"), entry("contentIds", List.of("632910392")), entry("accountId", World.SOURCES_ACCOUNT));
        assertThat(trail.steps()).containsSubsequence("verify-source", "read-source-message", "map-by-source", "complete-fields", "open-queued",
                "accept-conversions-sql", "judge-outcomes").doesNotContain("quarantine-webhook-sql");
        assertThat(this.<NewConversion>rows(Ledger.ACCEPT)).extracting(NewConversion::eventId).containsExactly("shopify-" + id);
    }

    @Test
    void aPaidCheckoutOfStripeIsAPurchaseInWholeUnitsOfItsCurrency() {
        assertTaken(1, stripe("checkout.session.completed", "paid"));
        assertThat(submitted()).containsOnly(entry("eventName", "Purchase"), entry("eventId", "stripe-cs_" + id), entry("eventTime", (int) TIME),
                entry("phoneE164", PHONE), entry("email", "jon@example.com"), entry("value", new BigDecimal("49.90")), entry("currency", "eur"),
                entry("accountId", World.SOURCES_ACCOUNT));
    }

    @Test
    void aWonDealOfPipedriveIsAPurchaseOfThePhoneInItsField() {
        assertTaken(1, pipedrive("deal", "won"));
        assertThat(submitted()).containsOnly(entry("eventName", "Purchase"), entry("eventId", "pipedrive-" + id + "-won"), entry("eventTime", TIME),
                entry("phoneE164", PHONE), entry("value", new BigDecimal("1500.5")), entry("currency", "BRL"), entry("accountId", World.SOURCES_ACCOUNT));
    }

    @Test
    void aPaidOrderOfWooCommerceIsAPurchase() {
        assertTaken(1, woocommerce("processing"));
        assertThat(submitted()).containsOnly(entry("eventName", "Purchase"), entry("eventId", "order-" + id), entry("eventTime", TIME),
                entry("phoneE164", PHONE), entry("country", "US"), entry("email", "jon@example.com"), entry("value", new BigDecimal("29.35")),
                entry("currency", "EUR"), entry("contentIds", List.of("93")), entry("accountId", World.SOURCES_ACCOUNT));
    }

    @Test
    void aWorkflowOfHubSpotIsAQualifiedLead() {
        assertTaken(1, new Delivery("conversion-webhook", "webhook/hubspot", Map.of("vid", 3234574, "properties", Map.of("phone", Map.of("value", PHONE),
                "email", Map.of("value", "jon@example.com")))));
        assertThat(submitted()).containsOnly(entry("eventName", "QualifiedLead"), entry("eventId", "hubspot-3234574-qualified"),
                entry("phoneE164", PHONE), entry("email", "jon@example.com"), entry("externalId", "3234574"),
                entry("accountId", World.SOURCES_ACCOUNT));
    }

    @Test
    void aSenderWithoutAMappingSendsTheFieldsOfTheApi() {
        assertTaken(1, new Delivery("conversion-webhook", "webhook/shop", Map.of("eventName", "LeadSubmitted", "eventId", id, "phoneE164", PHONE)));
        assertThat(submitted()).containsOnly(entry("eventName", "LeadSubmitted"), entry("eventId", id), entry("phoneE164", PHONE),
                entry("accountId", World.SOURCES_ACCOUNT));
    }

    @Test
    void eachLabelOfChatwootThatWasAddedAndHasAnEventIsAConversion() {
        assertTaken(2, chatwoot("conversation_updated", "lead", "vip", "won"));
        List<QueuedConversion> all = given(mock("direct:submit-conversion")).stream().map(QueuedConversion.class::cast).toList();
        assertThat(all).extracting(one -> field(one, "eventName")).containsExactly("LeadSubmitted", "Purchase");
        assertThat(all).extracting(one -> field(one, "eventId")).containsExactly("chatwoot-3-" + id + "-lead", "chatwoot-3-" + id + "-won");
        assertThat(all).allMatch(one -> one.options().timeOfMessage());
        assertThat(Stream.of("value", "currency", "phoneE164", "accountId").map(name -> field(all.get(1), name)))
                .containsExactly(new BigDecimal("250.5"), "BRL", PHONE, World.SOURCES_ACCOUNT);
    }

    private static Object field(QueuedConversion one, String name) {
        return ((Map<?, ?>) one.fields()).get(name);
    }

    static Stream<Named<Function<SourceRoutesTest, Delivery>>> noConversions() {
        return Stream.of(Named.of("an open order of Shopify", test -> test.shopify("pending", false)),
                Named.of("a test of Shopify", test -> test.shopify("paid", true)),
                Named.of("an open checkout of Stripe", test -> test.stripe("checkout.session.completed", "unpaid")),
                Named.of("another event of Stripe", test -> test.stripe("charge.succeeded", "paid")),
                Named.of("an open deal of Pipedrive", test -> test.pipedrive("deal", "open")),
                Named.of("a person of Pipedrive", test -> test.pipedrive("person", "won")),
                Named.of("an open order of WooCommerce", test -> test.woocommerce("on-hold")),
                Named.of("a message of Chatwoot", test -> test.chatwoot("message_created", "lead")),
                Named.of("a label without an event", test -> test.chatwoot("conversation_updated", "vip")));
    }

    @ParameterizedTest
    @MethodSource("noConversions")
    void whatIsNoConversionYetIsAnsweredAndLeftAlone(Function<SourceRoutesTest, Delivery> delivery) {
        assertTaken(0, delivery.apply(this));
        assertThat(given(mock("direct:submit-conversion"))).isEmpty();
        assertThat(given(statement("quarantine-webhook"))).isEmpty();
    }

    @Test
    void aPingOfAShopIsAnsweredAndNothingIsReadOfIt() {
        Answer answer = answer("conversion-webhook", Requests.of("/sources/webhook/woocommerce", "name", "webhook_id=12", "Content-Type",
                "application/x-www-form-urlencoded"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(trail.steps()).containsExactly("verify-sender", "answer-ping");
    }

    @ParameterizedTest
    @CsvSource({"receive-shopify-order, shopify, verify-source", "receive-stripe-payment, stripe, verify-source",
        "receive-pipedrive-deal, pipedrive, verify-source", "receive-chatwoot-source, chatwoot, verify-source", "conversion-webhook, webhook/shop, verify-sender"})
    void nothingIsReadBeforeTheSenderIsVerified(String route, String source, String step) {
        byte[] body = Server.json(shopify("paid", false).body);
        Answer answer = answer(route, Requests.of("/sources/" + source, "name", body, headers(source, body, "another secret")));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(trail.steps()).containsExactly(step);
    }

    @Test
    void aMessageThatItsMappingCannotReadIsKeptAndAnswered() {
        Delivery broken = new Delivery("receive-shopify-order", "shopify", Map.of("financial_status", "paid", "id", id));
        Answer answer = deliver(broken);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("reason").asText()).startsWith("Its fields could not be read");
        assertThat((Map<?, ?>) given("quarantine-webhook")).extracting("provider").isEqualTo("shopify");
        assertThat(given(mock("direct:submit-conversion"))).isEmpty();
    }

    private record Delivery(String route, String source, Map<String, Object> body) {
    }

    private Delivery shopify(String status, boolean isTest) {
        Map<String, Object> order = new HashMap<>(Map.of("id", Long.parseLong(id), "financial_status", status, "test", isTest, "currency", "USD",
                "total_price", "409.94", "email", "jon@example.com", "processed_at", ISO, "customer", Map.of("id", 1),
                "line_items", List.of(Map.of("id", 2, "product_id", 632910392))));
        order.put("billing_address", Map.of("phone", PHONE, "country_code", "US"));
        return new Delivery("receive-shopify-order", "shopify", order);
    }

    private Delivery stripe(String type, String status) {
        return new Delivery("receive-stripe-payment", "stripe", Map.of("created", TIME, "type", type, "data", Map.of("object", Map.of("id", "cs_" + id,
                "amount_total", 4990, "currency", "eur", "payment_status", status, "customer_details", Map.of("email", "jon@example.com", "phone", PHONE)))));
    }

    private Delivery pipedrive(String entity, String status) {
        return new Delivery("receive-pipedrive-deal", "pipedrive", Map.of("meta", Map.of("entity", entity), "data", Map.of("id", Long.parseLong(id),
                "status", status, "value", 1500.5, "currency", "BRL", "won_time", ISO, "custom_fields", Map.of("key-of-the-phone", Map.of("value", PHONE)))));
    }

    private Delivery woocommerce(String status) {
        return new Delivery("conversion-webhook", "webhook/woocommerce", Map.of("id", Long.parseLong(id), "status", status, "total", "29.35", "currency", "EUR",
                "date_paid_gmt", ISO.replace("Z", ""), "billing", Map.of("phone", PHONE, "country", "US", "email", "jon@example.com"),
                "line_items", List.of(Map.of("product_id", 93))));
    }

    private Delivery chatwoot(String event, String... added) {
        Map<String, Object> webhook = new HashMap<>(Map.of("event", event, "id", Long.parseLong(id), "inbox_id", 3, "custom_attributes",
                Map.of("value", 250.5, "currency", "BRL"), "meta", Map.of("sender", Map.of("id", 7, "phone_number", PHONE))));
        webhook.put("changed_attributes", List.of(Map.of("label_list", Map.of("previous_value", List.of(), "current_value", List.of(added)))));
        return new Delivery("receive-chatwoot-source", "chatwoot", webhook);
    }

    private void assertTaken(int conversions, Delivery delivery) {
        Answer answer = deliver(delivery);
        assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        assertThat(answer.json().path("conversions").asInt()).isEqualTo(conversions);
        assertThat(answer.json().has("reason")).as(answer.json().toString()).isFalse();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> submitted() {
        assertThat(given(mock("direct:submit-conversion"))).hasSize(1);
        return (Map<String, Object>) given(mock("direct:submit-conversion")).get(0);
    }

    private Answer deliver(Delivery delivery) {
        byte[] body = Server.json(delivery.body);
        return answer(delivery.route, Requests.of("/sources/" + delivery.source, "name", body, headers(delivery.source, body, Server.SOURCE_SECRET)));
    }

    /** As each sender signs, by the JDK alone. */
    private static String[] headers(String source, byte[] body, String secret) {
        long now = System.currentTimeMillis() / 1000;
        String timed = Signed.hex("HmacSHA256", (now + "." + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8), secret);
        String plain = Signed.hex("HmacSHA256", body, secret);
        return switch (source) {
            case "shopify" -> new String[] {"X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(HexFormat.of().parseHex(plain))};
            case "stripe" -> new String[] {"Stripe-Signature", "t=" + now + ",v1=" + timed};
            case "pipedrive" -> new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(("clickthread:" + secret).getBytes(StandardCharsets.UTF_8))};
            case "chatwoot" -> new String[] {"X-Chatwoot-Timestamp", Long.toString(now), "X-Chatwoot-Signature", "sha256=" + timed};
            default -> new String[] {"X-Webhook-Signature", plain};
        };
    }
}
