package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.StandInGraph.Call;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Several events in one call, which Meta takes or refuses as a whole. */
class BatchTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String events = account.datasetId + "/events";

    @Test
    void whatIsDueTogetherTravelsInOneCall() {
        List<Reply> replies = queue(40);

        open();

        replies.forEach(this::awaitDelivered);
        assertThat(calls()).hasSize(1);
        assertThat(ids(calls().get(0))).hasSize(40).doesNotHaveDuplicates();
        JsonNode attempt = show(replies.get(20)).path("attempts").get(0);
        assertThat(attempt.path("eventsSent").asInt()).isEqualTo(40);
        assertThat(attempt.path("eventsReceived").asInt()).isEqualTo(1);
    }

    /** 1,000 events of 20 KB each once filled the heap of every sender that took them, again and again. */
    @Test
    void aCallHasAboutHalfAMegabyteOfCustomDataAtMostAndAllAreDelivered() {
        List<Reply> replies = queue(60, Map.of("customData", Map.of("order_category", "x".repeat(19_000))));

        open();

        replies.forEach(this::awaitDelivered);
        assertThat(calls()).hasSizeBetween(3, 60).allMatch(call -> call.body().length() < 700_000);
        assertThat(calls().stream().flatMap(call -> ids(call).stream())).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void aPoisonedEventIsFoundAndItsNeighboursAreDeliveredOnce() {
        List<Reply> replies = queue(100);
        server.graph.poison(events, "event-17", "event-76");
        int before = calls().size();

        open();

        for (int i = 0; i < 100; i++) {
            String expected = i == 17 || i == 76 ? "rejected" : "delivered";
            Reply reply = replies.get(i);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                    assertThat(show(reply).path("status").asText()).isEqualTo(expected));
        }
        assertThat(calls().size() - before).as("1 call + 2 poisons * (log2(100) + 1)").isLessThanOrEqualTo(1 + 2 * 8);
        assertThat(server.graph.taken(events).stream().flatMap(call -> ids(call).stream()))
                .hasSize(98).doesNotHaveDuplicates();
        JsonNode poisoned = show(replies.get(17));
        assertThat(poisoned.path("attempts").findValuesAsText("outcome")).startsWith("batch-refused").endsWith("rejected");
        assertThat(poisoned.path("attempts").findValuesAsText("subcode")).containsOnly("2804087");
        assertThat(show(replies.get(16)).path("attempts").findValuesAsText("outcome"))
                .startsWith("batch-refused").endsWith("accepted");
    }

    @Test
    void aFailureDuringTheSearchLeavesNothingBehindAndDoublesNothing() {
        List<Reply> replies = queue(64);
        server.graph.poison(events, "event-40");
        server.graph.next(events, StandInGraph.USUAL, StandInGraph.USUAL, Reaction.of(500, ""), StandInGraph.USUAL,
                Reaction.of(429, "{}"), StandInGraph.USUAL, Reaction.of(401, "{\"error\":{\"code\":190}}"));

        open();

        for (int i = 0; i < 64; i++) {
            String expected = i == 40 ? "rejected" : "delivered";
            Reply reply = replies.get(i);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                    assertThat(show(reply).path("status").asText()).isEqualTo(expected));
        }
        assertThat(server.graph.taken(events).stream().flatMap(call -> ids(call).stream()))
                .hasSize(63).doesNotHaveDuplicates();
    }

    @Test
    void eventsWithATestCodeNeverTravelWithOthersAndHoldUpNobody() {
        List<Reply> real = queue(10);
        List<Reply> test = post("test", 10, Map.of("testCode", "TEST1"), 200);
        List<Reply> other = post("other", 10, Map.of("testCode", "TEST2"), 200);

        open();

        List<Reply> all = new ArrayList<>(real);
        all.addAll(test);
        all.addAll(other);
        all.forEach(this::awaitDelivered);
        assertThat(server.graph.taken(events)).allSatisfy(call -> {
            String code = call.json().path("test_event_code").asText("none");
            String prefix = code.equals("TEST1") ? "test-" : code.equals("TEST2") ? "other-" : "event-";
            assertThat(ids(call)).allMatch(id -> id.startsWith(prefix));
        });
    }

    @Test
    void aCountThatIsNotTheOneThatWasSentIsOfUnknownOutcomeForAll() {
        List<Reply> replies = queue(3);
        server.graph.next(events, Reaction.of(200, "{\"events_received\":2,\"fbtrace_id\":\"A\"}"));

        open();

        replies.forEach(reply -> await().untilAsserted(() ->
                assertThat(show(reply).path("status").asText()).isEqualTo("unknown")));
    }

    @Test
    void anEventThatIsTooOldIsEndedBeforeItSpoilsABatch() {
        List<Reply> replies = queue(2);
        String id = replies.get(0).json().path("conversionId").asText();
        server.database().update("update conversion set event_time = now() - interval '8 days' where id = ?", id);

        open();

        awaitDelivered(replies.get(1));
        assertThat(server.graph.taken(events).stream().flatMap(call -> ids(call).stream())).containsExactly("event-1");
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() ->
                assertThat(show(replies.get(0)).path("status").asText()).isEqualTo("expired"));
        assertThat(show(replies.get(0)).path("reason").asText()).contains("7 days");
    }

    /** Conversions that wait for a suspended destination. */
    private List<Reply> queue(int count) {
        return queue(count, Map.of());
    }

    private List<Reply> queue(int count, Map<String, Object> more) {
        server.database().update("insert into destination (account_id, dataset_id, state, retry_at, reason) "
                + "values (?, ?, 'suspended', now() + interval '1 hour', 'A test holds it.')", account.id, account.datasetId);
        return post("event", count, more, 202);
    }

    private List<Reply> post(String prefix, int count, Map<String, Object> more, int status) {
        return IntStream.range(0, count).parallel().mapToObj(i -> {
            Map<String, Object> body = new LinkedHashMap<>(Map.of("accountId", account.id, "phoneE164",
                    account.clicked("clid-" + prefix + i), "eventName", "Purchase", "value", 1, "currency", "USD",
                            "eventId", prefix + "-" + i));
            body.putAll(more);
            return server.call("POST", "/api/v1/whatsapp/conversions", body);
        }).peek(reply -> assertThat(reply.status()).isEqualTo(status)).toList();
    }

    private void open() {
        server.call("POST", "/api/v1/accounts/" + account.id + "/resume", null);
    }

    private void awaitDelivered(Reply reply) {
        await().untilAsserted(() -> assertThat(show(reply).path("status").asText()).isEqualTo("delivered"));
    }

    private List<Call> calls() {
        return server.graph.calls(events);
    }

    private static List<String> ids(Call call) {
        return StreamSupport.stream(call.json().path("data").spliterator(), false)
                .map(event -> event.path("event_id").asText()).toList();
    }

    private JsonNode show(Reply reply) {
        return server.call("GET", reply.header("Location"), null).json();
    }
}
