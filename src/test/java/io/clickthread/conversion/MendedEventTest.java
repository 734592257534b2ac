package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event id whose event Meta refused, or that expired, takes other contents, and they are sent once. */
class MendedEventTest {

    private static final Reaction REFUSED = Reaction.of(400, StandInGraph.REFUSED);

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("clid");
    private final String events = account.datasetId + "/events";

    @Test
    void aRefusedEventIsSentWithOtherContentsAndItsHistoryShowsBoth() {
        String id = refused("order", "value", 10);

        Reply mended = account.convert(phone, "Purchase", "order", "value", 12.5, "contentIds", List.of("sku"));

        assertThat(mended.status()).isEqualTo(200);
        assertThat(mended.json().path("eventsReceived").asInt()).as(mended.body()).isEqualTo(1);
        assertThat(mended.header("Idempotent-Replayed")).isNull();
        assertThat(mended.header("Location")).endsWith(id);
        JsonNode sent = server.graph.calls(events).get(1).event();
        assertThat(sent.at("/custom_data/value").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(sent.at("/custom_data/content_ids/0").asText()).isEqualTo("sku");
        JsonNode shown = show(id);
        assertThat(shown.path("status").asText()).isEqualTo("delivered");
        assertThat(shown.path("history").findValuesAsText("event")).containsExactly("accepted", "attempt", "replaced", "attempt");
        assertThat(shown.path("attempts").findValuesAsText("outcome")).containsExactly("rejected", "accepted");
        assertThat(shown.path("attempts").findValuesAsText("number")).containsExactly("1", "2");
        JsonNode replaced = shown.path("history").get(2);
        assertThat(replaced.path("reason").asText()).contains("refused", "value, contentIds");
        assertThat(replaced.at("/former/value").decimalValue()).isEqualByComparingTo("10");
        assertThat(replaced.at("/former/differs")).map(JsonNode::asText).containsExactly("value", "contentIds");
    }

    @Test
    void whatMetaRefusesAgainCanBeReplacedAgainAndTheSameContentsAreARepetition() {
        refused("order", "value", 1);
        server.graph.next(events, REFUSED);
        assertThat(account.convert(phone, "Purchase", "order", "value", 2).json().path("eventsFailed").asInt()).isEqualTo(1);

        Reply same = account.convert(phone, "Purchase", "order", "value", 2.00);
        assertThat(same.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(same.json().path("eventsFailed").asInt()).isEqualTo(1);
        assertThat(server.graph.calls(events)).hasSize(2);

        assertThat(account.convert(phone, "Purchase", "order", "value", 1).json().path("eventsReceived").asInt()).isEqualTo(1);
        assertThat(server.graph.calls(events)).hasSize(3);
    }

    @Test
    void anExpiredEventGivesWayToAnotherTime() {
        String id = refused("order", "eventTime", TestAccount.now() - 86_400);
        set(id, "state = 'expired', reason = 'It grew too old.'");

        Reply mended = account.convert(phone, "Purchase", "order", "eventTime", TestAccount.now() - 60);

        assertThat(mended.json().path("eventsReceived").asInt()).as(mended.body()).isEqualTo(1);
        assertThat(show(id).at("/history/2/reason").asText()).contains("never told", "eventTime");
    }

    @Test
    void anotherContactIsSentWithTheClickOfThatContact() {
        refused("order");
        String right = account.clicked("the-right-click");

        assertThat(account.convert(right, "Purchase", "order").json().path("eventsReceived").asInt()).isEqualTo(1);

        assertThat(server.graph.calls(events).get(1).event().at("/user_data/ctwa_clid").asText()).isEqualTo("the-right-click");
    }

    @Test
    void aRepeatOfOtherContentsWhileTheFirstIsOnItsWayIsAConflict() {
        String other = account.clicked("another"); // requests of one contact wait for each other
        AtomicReference<Reply> meanwhile = new AtomicReference<>();
        server.graph.beforeAnswer(events, () -> meanwhile.set(account.convert(other, "Purchase", "order")));

        assertThat(account.convert(phone, "Purchase", "order").json().path("eventsReceived").asInt()).isEqualTo(1);

        assertThat(meanwhile.get().status()).isEqualTo(409);
        assertThat(meanwhile.get().json().at("/details/status").asText()).isEqualTo("queued");
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @Test
    void theNewContentsAreDurableBeforeMetaHearsOfThem() {
        String id = refused("order", "value", 1);
        AtomicReference<String> stored = new AtomicReference<>();
        server.graph.beforeAnswer(events, () -> stored.set(server.database().queryForObject(
                "select concat_ws(' ', state, value, attempts, due_at > now(), (select string_agg(event, ',' order by h.id) "
                        + "from history h where h.conversion_id = c.id)) from conversion c where id = ?", String.class, id)));

        account.convert(phone, "Purchase", "order", "value", 2);

        assertThat(stored.get()).isEqualTo("sending 2 2 t accepted,attempt,replaced");
    }

    @Test
    void aReplacementOfUnknownOutcomeIsNeverSentAgainByARepeat() {
        String id = refused("order", "value", 1);
        server.graph.next(events, Reaction.reset());
        assertThat(account.convert(phone, "Purchase", "order", "value", 2).json().path("status").asText()).isEqualTo("unknown");

        assertThat(account.convert(phone, "Purchase", "order", "value", 2).header("Idempotent-Replayed")).isEqualTo("true");
        Reply other = account.convert(phone, "Purchase", "order", "value", 3);

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("error").asText()).contains("is unknown", "/release");
        assertThat(server.graph.calls(events)).hasSize(2);
        assertThat(show(id).at("/request/value").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alone", "batch"})
    void ofManyOtherContentsAtOnceOneIsSent(String way) {
        String id = refused("order", "value", 1);
        List<String> phones = IntStream.range(0, 8).mapToObj(i -> account.clicked("clid-" + i)).toList();
        List<CompletableFuture<Reply>> requests = new ArrayList<>();
        for (int i = 0; i < phones.size(); i++) {
            String of = phones.get(i);
            int value = i + 2;
            requests.add(CompletableFuture.supplyAsync(() -> way.equals("alone")
                    ? account.convert(of, "Purchase", "order", "value", value)
                    : batch(item(of, "order", value), item(of, "order", value))));
        }

        int taken = 0;
        for (CompletableFuture<Reply> request : requests) {
            Reply reply = request.join();
            boolean conflict = way.equals("alone") ? reply.status() == 409
                    : reply.json().at("/results/0/error/code").asText().equals("event_id_conflict");
            assertThat(reply.status()).as(reply.body()).isIn(way.equals("alone") ? List.of(200, 202, 409) : List.of(200));
            taken += conflict ? 0 : 1;
        }

        assertThat(taken).isEqualTo(1);
        await().untilAsserted(() -> assertThat(show(id).path("status").asText()).isEqualTo("delivered"));
        assertThat(server.graph.calls(events)).hasSize(2);
        assertThat(show(id).path("history").findValuesAsText("event")).containsOnlyOnce("replaced");
        assertThat(server.graph.calls(events).get(1).event().at("/custom_data/value").asInt())
                .isEqualTo(show(id).at("/request/value").asInt());
    }

    @Test
    void inABatchARepetitionDoesNotHideOtherContentsBehindIt() {
        String id = refused("order", "value", 1);

        JsonNode answer = batch(item(phone, "order", 1), item(phone, "order", 2), item(phone, "order", 3)).json();

        assertThat(answer.path("results").findValuesAsText("status")).startsWith("repeated", "queued", "refused");
        assertThat(answer.at("/results/0/conversionStatus").asText()).isEqualTo("rejected");
        assertThat(answer.at("/results/1/conversionId").asText()).isEqualTo(id);
        assertThat(answer.at("/results/2/error/code").asText()).isEqualTo("event_id_conflict");
        await().untilAsserted(() -> assertThat(show(id).path("status").asText()).isEqualTo("delivered"));
        assertThat(server.graph.calls(events).get(1).event().at("/custom_data/value").asInt()).isEqualTo(2);
    }

    @Test
    void theEventOfAnotherAccountWithTheSameDatasetIsNeverReplaced() {
        String id = refused("order", "value", 1);
        TestAccount other = TestAccount.connect(server, account.datasetId);

        Reply reply = other.convert(other.clicked("clid-2"), "Purchase", "order", "value", 2);

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().at("/details/differs").toString()).isEqualTo("[\"accountId\"]");
        assertThat(show(id).at("/request/value").asInt()).isEqualTo(1);
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    private String refused(String eventId, Object... more) {
        server.graph.next(events, REFUSED);
        assertThat(account.convert(phone, "Purchase", eventId, more).json().path("eventsFailed").asInt()).isEqualTo(1);
        return id(eventId);
    }

    private Reply batch(Object... items) {
        return server.call("POST", "/api/v1/whatsapp/conversions/batch", Map.of("accountId", account.id,
                "conversions", List.of(items)));
    }

    private static Map<String, Object> item(String of, String eventId, int value) {
        return Map.of("phoneE164", of, "eventName", "Purchase", "eventId", eventId, "value", value, "currency", "USD");
    }

    private String id(String eventId) {
        return server.database().queryForObject("select id from conversion where account_id = ? and event_id = ?",
                String.class, account.id, eventId);
    }

    private void set(String id, String change) {
        server.database().update("update conversion set " + change + " where id = ?", id);
    }

    private JsonNode show(String id) {
        return server.call("GET", "/api/v1/whatsapp/conversions/" + id, null).json();
    }
}
