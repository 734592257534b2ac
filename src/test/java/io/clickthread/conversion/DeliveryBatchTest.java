package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a conversion when Meta does not simply take it. */
class DeliveryBatchTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("clid");
    private final String events = account.datasetId + "/events";

    @Test
    void aRefusalIsA200WithTheFailure() throws Exception {
        server.graph.next(events, Reaction.of(400, "{\"error\":{\"message\":\"Invalid parameter\",\"code\":100,"
                + "\"error_subcode\":2804087,\"error_user_title\":\"Messaging Event Invalid Ctwa Clid\","
                + "\"fbtrace_id\":\"Atrace2\"}}"));

        Reply reply = account.convert(phone, "Purchase", "order");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(Server.JSON.readTree("""
                {"platform": "metaads", "eventsReceived": 0, "eventsFailed": 1, "traceId": "Atrace2", "failures": [
                  {"eventIndex": 0, "eventId": "order", "message": "Messaging Event Invalid Ctwa Clid", "code": 2804087}]}"""));
        assertThat(show(reply).path("status").asText()).isEqualTo("rejected");
    }

    @Test
    void aSuccessThatReceivedNothingIsARefusal() {
        server.graph.next(events, Reaction.of(200, "{\"events_received\":0,\"messages\":[],\"fbtrace_id\":\"A\"}"));

        Reply reply = account.convert(phone, "Purchase", "order");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("eventsFailed").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/failures/0/message").asText()).contains("received 0 events");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "500 | {}                                                              | transient",
        "503 | <html>a proxy's page</html>                                     | transient",
        "429 | {'error':{'message':'slow down'}}                               | throttled",
        "400 | {'error':{'message':'Application request limit','code':4}}      | throttled",
        "400 | {'error':{'message':'Service temporarily unavailable','code':2}} | transient",
        "400 | {'error':{'message':'x','code':9999,'is_transient':true}}       | transient",
        "401 | {'error':{'message':'Invalid OAuth access token','code':190}}   | blocked",
        "400 | {'error':{'message':'no such object','code':100,'error_subcode':33}} | blocked"})
    void whatMayWorkLaterIsQueuedAndDeliveredInTheBackground(int status, String body, String outcome) {
        server.graph.next(events, Reaction.of(status, body.replace('\'', '"')));

        Reply reply = account.convert(phone, "Purchase", "order", "value", 1.5, "currency", "EUR");

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("queued");
        assertThat(reply.json().path("eventsReceived").asInt()).isZero();
        assertThat(reply.json().path("eventsFailed").asInt()).isZero();
        assertThat(reply.json().path("failures")).isEmpty();
        assertThat(reply.json().path("reason").asText()).isNotEmpty();
        await().untilAsserted(() -> assertThat(show(reply).path("status").asText()).isEqualTo("delivered"));
        JsonNode attempts = show(reply).path("attempts");
        assertThat(attempts.findValuesAsText("outcome")).containsExactly(outcome, "accepted");
        assertThat(attempts.findValuesAsText("number")).containsExactly("1", "2");
        assertThat(attempts.at("/0/httpStatus").asInt()).isEqualTo(status);
        assertThat(server.graph.calls(events).get(1).json()).isEqualTo(server.graph.calls(events).get(0).json());
        assertThat(account.convert(phone, "Purchase", "order", "value", 1.5, "currency", "EUR").json().path("eventsReceived")
                .asInt()).isEqualTo(1);
    }

    @Test
    void aTokenThatMetaRefusesIsNamedAsTheReason() {
        server.graph.next(events, Reaction.of(401, "{\"error\":{\"message\":\"bad token\",\"code\":190}}"));

        assertThat(account.convert(phone, "Purchase", "order").json().path("reason").asText()).contains("190", "token");
    }

    @Test
    void severalFailuresInARowAreSeveralAttempts() {
        server.graph.next(events, Reaction.of(500, "{}"), Reaction.of(502, ""), Reaction.of(429, "{}"));

        Reply reply = account.convert(phone, "Purchase", "order");

        await().untilAsserted(() -> assertThat(show(reply).path("status").asText()).isEqualTo("delivered"));
        assertThat(show(reply).path("attempts").findValuesAsText("outcome"))
                .containsExactly("transient", "transient", "throttled", "accepted");
    }

    @Test
    void aRefusalInTheBackgroundEndsTheDelivery() {
        server.graph.next(events, Reaction.of(500, "{}"), Reaction.of(400, "{\"error\":{\"code\":100,"
                + "\"error_subcode\":2804003,\"message\":\"too old\"}}"));

        Reply reply = account.convert(phone, "Purchase", "order");

        await().untilAsserted(() -> assertThat(show(reply).path("status").asText()).isEqualTo("rejected"));
        assertThat(account.convert(phone, "Purchase", "order").json().at("/failures/0/code").asInt()).isEqualTo(2804003);
    }

    @Test
    void silenceLeavesItUnknownAndItIsNeverSentAgain() {
        server.graph.next(events, Reaction.silence());

        assertUnknownForGood(account.convert(phone, "Purchase", "order"));
    }

    @Test
    void aConnectionThatBreaksAfterTheRequestLeavesItUnknownAsWell() {
        server.graph.next(events, Reaction.reset());

        assertUnknownForGood(account.convert(phone, "Purchase", "order"));
    }

    @Test
    void anAnswerThatSaysNeitherYesNorNoIsUnknown() {
        server.graph.next(events, Reaction.of(200, "{}"));

        assertUnknownForGood(account.convert(phone, "Purchase", "order"));
    }

    @Test
    void whoPrefersNotToWaitIsAnsweredAtOnce() {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("accountId", account.id, "phoneE164", phone,
                "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "async"));
        Reply reply = server.call("POST", "/api/v1/whatsapp/conversions", body, "Prefer", "respond-async, wait=10");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("queued");
        assertThat(reply.header("Location")).endsWith(reply.json().path("conversionId").asText());
        await().untilAsserted(() -> assertThat(show(reply).path("status").asText()).isEqualTo("delivered"));
        assertThat(show(reply).path("attempts").findValuesAsText("number")).containsExactly("1");
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    private void assertUnknownForGood(Reply reply) {
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("unknown");
        Reply other = account.convert(phone, "Purchase", "another");
        server.graph.next(events, Reaction.of(500, ""));
        Reply retried = account.convert(phone, "Purchase", "retried");
        await().untilAsserted(() -> assertThat(show(retried).path("status").asText()).isEqualTo("delivered"));
        assertThat(other.status()).isEqualTo(200);
        Reply repeated = account.convert(phone, "Purchase", "order");
        assertThat(repeated.status()).isEqualTo(202);
        assertThat(repeated.json().path("status").asText()).isEqualTo("unknown");
        assertThat(server.graph.calls(events)).filteredOn(call -> call.event().path("event_id").asText().equals("order"))
                .hasSize(1);
        assertThat(show(reply).path("attempts").findValuesAsText("outcome")).containsExactly("unknown");
    }

    private JsonNode show(Reply reply) {
        return server.call("GET", reply.header("Location"), null).json();
    }
}
