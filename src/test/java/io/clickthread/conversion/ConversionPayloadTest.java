package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.TestAccount;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Meta gets, to the last digit. */
class ConversionPayloadTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("ARAk-clid_1");
    private final long now = TestAccount.now();

    @Test
    void everythingThatWasGivenIsSentAndNothingElse() throws Exception {
        account.convert(phone, "Purchase", "order-1", "eventTime", now - 60, "value", 49, "currency", "usd",
                "contentIds", List.of("sku-1", "sku-2"), "email", " John_Smith@gmail.com ", "externalId", "Cust-42",
                "testCode", "TEST123");

        assertThat(call().json()).isEqualTo(Server.JSON.readTree("""
                {"data": [{"event_name": "Purchase", "event_time": %d, "event_id": "order-1",
                  "action_source": "business_messaging", "messaging_channel": "whatsapp",
                  "user_data": {"whatsapp_business_account_id": "%s", "ctwa_clid": "ARAk-clid_1",
                    "em": "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
                    "external_id": "%s"},
                  "custom_data": {"value": 49, "currency": "USD", "content_ids": ["sku-1", "sku-2"]}}],
                 "test_event_code": "TEST123"}""".formatted(now - 60, account.wabaId, Hashing.sha256("cust-42"))));
    }

    @Test
    void whatWasNotGivenIsAbsent() throws Exception {
        account.convert(phone, "LeadSubmitted", "lead-1", "eventTime", now);

        assertThat(call().json()).isEqualTo(Server.JSON.readTree("""
                {"data": [{"event_name": "LeadSubmitted", "event_time": %d, "event_id": "lead-1",
                  "action_source": "business_messaging", "messaging_channel": "whatsapp",
                  "user_data": {"whatsapp_business_account_id": "%s", "ctwa_clid": "ARAk-clid_1"}}]}"""
                .formatted(now, account.wabaId)));
    }

    @Test
    void theTokenTravelsInAHeaderOnly() {
        account.convert(phone, "Purchase", "1");

        StandInGraph.Call call = call();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/v25.0/" + account.datasetId + "/events");
        assertThat(call.query()).isNull();
        assertThat(call.body()).doesNotContain("EAAtest");
        assertThat(call.headers()).containsEntry("authorization", "Bearer EAAtest-" + account.wabaId)
                .containsEntry("content-type", "application/json");
        assertThat(call.headers().keySet()).noneMatch(name -> name.startsWith("x-") || name.startsWith("camel"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"49.00", "12345678901234.5678", "0.1", "0", "-5.25", "4999999.99", "999999999999999999",
        "0.0000000001", "1E+3"})
    void decimalsArriveAsTheyWereSent(String value) {
        byte[] body = ("{\"accountId\":\"%s\",\"phoneE164\":\"%s\",\"eventName\":\"Purchase\",\"eventId\":\"v%s\","
                + "\"currency\":\"USD\",\"value\":%s}").formatted(account.id, phone, value, value)
                .getBytes(StandardCharsets.UTF_8);

        assertThat(server.call("POST", "/api/v1/whatsapp/conversions", body).status()).isEqualTo(200);

        assertThat(call().body()).contains("\"value\":" + new java.math.BigDecimal(value).toPlainString() + ",");
    }

    @Test
    void withoutAnEventTimeItIsTheTimeOfTheRequest() {
        account.convert(phone, "Purchase", "1");

        assertThat(call().event().path("event_time").asLong()).isBetween(now, now + 5);
    }

    @Test
    void aFractionOfASecondIsCutOff() {
        account.convert(phone, "Purchase", "1", "eventTime", new java.math.BigDecimal(now + ".75"));

        assertThat(call().event().path("event_time").toString()).isEqualTo(Long.toString(now));
    }

    @Test
    void unknownFieldsAreIgnored() {
        Reply reply = account.convert(phone, "Purchase", "1", "connectedFacebookPageId", "1", "client_ip_address", "::1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(call().body()).doesNotContain("connectedFacebookPageId", "client_ip_address");
        assertThat(reply.header("X-Ignored-Fields")).isEqualTo("connectedFacebookPageId, client_ip_address");
        assertThat(account.convert(phone, "Purchase", "1", "eventtime", 1).header("X-Ignored-Fields")).as("a repetition")
                .isEqualTo("eventtime");
        assertThat(account.convert(phone, "Purchase", "1").header("X-Ignored-Fields")).isNull();
    }

    @Test
    void aBatchNamesTheUnknownFieldsOfEachAndOfAll() {
        Map<String, Object> good = Map.of("phoneE164", phone, "eventName", "LeadSubmitted", "eventId", "1");
        Map<String, Object> odd = new LinkedHashMap<>(good);
        odd.put("eventId", "2");
        odd.put("eventtime", 1);
        Map<String, Object> refused = new LinkedHashMap<>(odd);
        refused.put("phoneE164", io.clickthread.support.Webhooks.phone());
        refused.put("Value", 1);

        Reply reply = server.call("POST", "/api/v1/whatsapp/conversions/batch", Map.of("accountId", account.id, "conversions",
                List.of(good, odd, refused)));

        assertThat(reply.header("X-Ignored-Fields")).isEqualTo("eventtime, Value");
        assertThat(reply.json().at("/results/0").has("ignoredFields")).isFalse();
        assertThat(reply.json().at("/results/1/ignoredFields").toString()).isEqualTo("[\"eventtime\"]");
        assertThat(reply.json().at("/results/2/ignoredFields").toString()).isEqualTo("[\"eventtime\",\"Value\"]");
    }

    @Test
    void furtherFieldsOfCustomDataArePassedOnAsTheyAreGiven() throws Exception {
        String data = "{\"order_id\":\"A-1\",\"num_items\":2,\"content_type\":\"product\",\"delivery_category\":\"home_delivery\","
                + "\"contents\":[{\"id\":\"sku\",\"quantity\":2,\"item_price\":24.50}],\"my key\":{\"deep\":[1.10,null,true]}}";

        account.convert(phone, "Purchase", "1", "value", 49, "customData", Server.JSON.readTree(data));

        assertThat(call().body()).contains(data.substring(1, data.length() - 1));
        assertThat(call().event().at("/custom_data/value").asInt()).isEqualTo(49);
        assertThat(show("1").at("/request/customData/order_id").asText()).isEqualTo("A-1");
        assertThat(account.convert(phone, "Purchase", "1", "value", 49, "customData", Server.JSON.readTree(data))
                .header("Idempotent-Replayed")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LeadSubmitted", "Purchase", "AddToCart", "InitiateCheckout", "ViewContent", "OrderCreated",
        "OrderShipped", "OrderDelivered", "OrderCanceled", "OrderReturned", "CartAbandoned", "QualifiedLead",
        "RatingProvided", "ReviewProvided"})
    void everyEventNameOfMetasListIsSent(String name) {
        assertThat(account.convert(phone, name, "1").status()).isEqualTo(200);
        assertThat(call().event().path("event_name").asText()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+%s", " %s ", "+%s ", "(%s)"})
    void aPhoneIsFoundHoweverItIsWritten(String format) {
        assertThat(account.convert(format.formatted(phone), "Purchase", "1").status()).isEqualTo(200);
    }

    @Test
    void aConversationIsFoundByItsIdAndBeforeThePhone() {
        String other = account.clicked("other-click");
        String id = account.conversation(other).path("id").asText();

        assertThat(account.convert(phone, "Purchase", "1", "conversationId", id).status()).isEqualTo(200);

        assertThat(call().event().at("/user_data/ctwa_clid").asText()).isEqualTo("other-click");
    }

    @Test
    void theAnswerHasExactlyTheKeysThatClientsKnow() throws Exception {
        Reply reply = account.convert(phone, "Purchase", "1");

        assertThat(reply.json()).isEqualTo(Server.JSON.readTree("""
                {"platform": "metaads", "eventsReceived": 1, "eventsFailed": 0, "failures": [], "traceId": "Atrace"}"""));
    }

    @Test
    void aMissingTraceIdIsLeftOut() {
        server.graph.next(account.datasetId + "/events", StandInGraph.Reaction.of(200, "{\"events_received\":1}"));

        JsonNode answer = account.convert(phone, "Purchase", "1").json();

        assertThat(((ObjectNode) answer).has("traceId")).isFalse();
    }

    @Test
    void theFirstClickIsSentThoughLaterOnesCame() {
        account.receive(io.clickthread.support.Webhooks.click(phone, "a-later-click", now + 5));

        account.convert(phone, "Purchase", "1");

        assertThat(call().event().at("/user_data/ctwa_clid").asText()).isEqualTo("ARAk-clid_1");
    }

    @Test
    void theShortAddressOfTheApiIsTheSame() {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("accountId", account.id, "phoneE164", phone,
                "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "short"));

        assertThat(server.call("POST", "/v1/whatsapp/conversions", body).status()).isEqualTo(200);
        assertThat(call().event().path("event_id").asText()).isEqualTo("short");
    }

    private JsonNode show(String eventId) {
        return server.call("GET", "/api/v1/whatsapp/conversions/" + server.database().queryForObject("select id from conversion "
                + "where account_id = ? and event_id = ?", String.class, account.id, eventId), null).json();
    }

    private StandInGraph.Call call() {
        List<StandInGraph.Call> calls = server.graph.calls(account.datasetId + "/events");
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }
}
