package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One conversion that Meta did not take, or may have taken, and what may be decided about it. */
class DeadLetterTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String events = account.datasetId + "/events";
    private final String phone = account.clicked("clid");

    @Test
    void aReplayReachesMetaWithTheSameEventIdAndIsCountedOnce() {
        String id = refused("order-1");

        JsonNode replayed = decide(id, "replay", null).json();

        assertThat(replayed.path("id").asText()).isEqualTo(id);
        assertThat(replayed.path("reason").asText()).isNotEmpty();
        awaitState(id, "delivered");
        assertThat(server.graph.calls(events)).hasSize(2).allMatch(call ->
                call.event().path("event_id").asText().equals("order-1"));
        assertThat(show(id).path("history").findValuesAsText("event"))
                .containsExactly("accepted", "attempt", "replayed", "attempt");
        assertThat(show(id).path("eventsFailed").asInt()).isZero();
    }

    @Test
    void whatMetaMayHaveCountedIsSentASecondTimeOnlyWhenItIsReleased() {
        String id = unanswered("order-1");

        Reply replay = decide(id, "replay", null);
        assertThat(replay.status()).isEqualTo(409);
        assertThat(replay.json().path("error").asText()).contains("expired or rejected", "is unknown", "release");
        assertThat(server.graph.calls(events)).hasSize(1);

        assertThat(decide(id, "release", null).status()).isEqualTo(200);
        awaitState(id, "delivered");
        assertThat(server.graph.calls(events)).hasSize(2);
        assertThat(show(id).path("history").findValuesAsText("event")).contains("released");
    }

    @Test
    void aClosedOneIsNotSentAgainAndItsRepetitionSaysSo() {
        String id = refused("order-1");

        JsonNode closed = decide(id, "close", Map.of("reason", "The order was a test.")).json();
        assertThat(closed.path("status").asText()).isEqualTo("closed");
        assertThat(closed.path("reason").asText()).isEqualTo("The order was a test.");
        assertThat(closed.path("history").findValuesAsText("event")).last().isEqualTo("closed");

        for (String decision : List.of("replay", "release", "close")) {
            assertThat(decide(id, decision, decision.equals("close") ? Map.of("reason", "Again.") : null).status())
                    .as(decision).isEqualTo(409);
        }
        Reply repeated = account.convert(phone, "Purchase", "order-1");
        assertThat(repeated.status()).isEqualTo(202);
        assertThat(repeated.json().path("status").asText()).isEqualTo("closed");
        assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"expired,200,409,200", "rejected,200,409,200", "unknown,409,200,200", "parked,409,409,200",
        "delivered,409,409,409", "closed,409,409,409"})
    void everyStateAllowsWhatFitsIt(String state, int replay, int release, int close) {
        for (Map.Entry<String, Integer> decision : Map.of("replay", replay, "release", release, "close", close).entrySet()) {
            account.convert(account.clicked("clid-" + decision.getKey()), "Purchase", decision.getKey());
            String id = id(decision.getKey());
            set(id, "state = '" + state + "'");
            assertThat(decide(id, decision.getKey(), decision.getKey().equals("close") ? Map.of("reason", "So.") : null)
                    .status()).as(state + " " + decision.getKey()).isEqualTo(decision.getValue());
        }
    }

    @Test
    void anEventThatMetaRefusesForItsAgeIsNotReplayed() {
        String id = refused("order-1");
        set(id, "event_time = now() - interval '7 days'");

        assertThat(decide(id, "replay", null).status()).isEqualTo(422);
        assertThat(decide(id, "replay", null).json().path("code").asText()).isEqualTo("event_too_old");
        assertThat(show(id).path("state").asText()).isEqualTo("rejected");
    }

    @Test
    void aDeadOneWithoutAClickIsNotReplayed() {
        String id = refused("order-1");
        set(id, "state = 'expired', ctwa_clid = null");

        assertThat(decide(id, "replay", null).status()).isEqualTo(422);
        assertThat(decide(id, "replay", null).json().path("code").asText()).isEqualTo("no_ctwa_clid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\":\"\"}", "{\"reason\":7}", "[]", ""})
    void aReasonIsNeededToClose(String body) {
        assertThat(decide(refused("order-1"), "close", body).status()).isEqualTo(400);
    }

    @Test
    void aConversionThatNobodyMadeIsNotFound() {
        for (String id : List.of("0123456789abcdef01234567", "x", "a%20b")) {
            assertThat(decide(id, "replay", null).status()).isEqualTo(404);
            assertThat(decide(id, "release", null).status()).isEqualTo(404);
            assertThat(decide(id, "close", Map.of("reason", "So.")).status()).isEqualTo(404);
        }
    }

    private String refused(String eventId) {
        server.graph.next(events, Reaction.of(400, "{\"error\":{\"code\":100,\"error_subcode\":2804019}}"));
        assertThat(account.convert(phone, "Purchase", eventId).json().path("eventsFailed").asInt()).isEqualTo(1);
        return id(eventId);
    }

    private String unanswered(String eventId) {
        server.graph.next(events, Reaction.reset());
        assertThat(account.convert(phone, "Purchase", eventId).json().path("status").asText()).isEqualTo("unknown");
        return id(eventId);
    }

    private String id(String eventId) {
        return server.database().queryForObject("select id from conversion where account_id = ? and event_id = ?",
                String.class, account.id, eventId);
    }

    private void set(String id, String change) {
        server.database().update("update conversion set " + change + " where id = ?", id);
    }

    private Reply decide(String id, String decision, Object body) {
        return server.call("POST", "/api/v1/whatsapp/conversions/" + id + "/" + decision, body);
    }

    private void awaitState(String id, String state) {
        await().untilAsserted(() -> assertThat(show(id).path("state").asText()).isEqualTo(state));
    }

    private JsonNode show(String id) {
        return server.call("GET", "/api/v1/whatsapp/conversions/" + id, null).json();
    }
}
