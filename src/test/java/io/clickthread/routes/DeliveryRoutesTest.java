package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.conversion.OutcomeNotice;
import io.clickthread.graph.GraphCall;
import io.clickthread.system.Ids;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.hc.core5.http.HttpEntity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;

/** Conversions on their way to Meta in the background. */
@RoutesOf({"conversions/deliver-conversions", "conversions/call-meta", "conversions/update-destination",
    "conversions/release-parked"})
class DeliveryRoutesTest extends RouteTest {

    private static final String CLAIM = "claim-conversions";
    private static final String RELEASE = "release-claims";

    private final List<Map<String, Object>> due = new ArrayList<>();
    private World.Connected account;
    private MockEndpoint graph;

    @BeforeEach
    void play() {
        account = world.connect();
        graph = mock("https:graph.facebook.com");
        statement(CLAIM).whenAnyExchangeReceived(exchange -> {
            Object claim = ((Map<?, ?>) exchange.getMessage().getBody()).get("claim");
            due.forEach(row -> row.put("claim", claim));
            exchange.getMessage().setBody(List.copyOf(due));
            due.clear();
        });
        answersEach(Ledger.RECORD, row -> Map.of("id", "written"));
        answersEach(RELEASE, row -> row);
    }

    @Test
    void whatReachesTheCallIsMetasJsonAndWhatReachesTheWireIsThatWithTheAccountsToken() throws IOException {
        PlayedMeta meta = PlayedMeta.thatCounts(graph);
        String id = due("active");
        send();
        GraphCall call = (GraphCall) given(mock("direct:call-graph")).get(0);
        assertThat(call.path()).isEqualTo("3000000000/events");
        JsonNode event = mapper.readTree(call.body()).at("/data/0");
        assertThat(event.path("event_name").asText()).isEqualTo("Purchase");
        assertThat(event.path("event_id").asText()).isEqualTo("event-" + id);
        assertThat(event.path("action_source").asText()).isEqualTo("business_messaging");
        assertThat(event.path("messaging_channel").asText()).isEqualTo("whatsapp");
        assertThat(event.at("/user_data/ctwa_clid").asText()).isEqualTo(Ledger.CLICK);
        assertThat(event.at("/custom_data/value").decimalValue()).isEqualTo("49.90");
        assertThat(event.has("messaging_outcome_data")).as("what there is none of is not written").isFalse();

        assertThat(meta.payloads).containsExactly(mapper.readTree(call.body()));
        assertThat(meta.headers.get(0)).containsEntry("Authorization", "Bearer " + World.TOKEN)
                .containsEntry(Exchange.HTTP_PATH, "/v25.0/3000000000/events").extractingByKey(Exchange.HTTP_METHOD).hasToString("POST");
        assertThat(trail.steps()).containsSubsequence("build-payload", "write-payload", "address-call", "call-meta", "judge-answer",
                "only-destination-updates", "choose-results", "record-attempts-sql", "record-attempt", "tell-outcomes",
                "end-delivery")
                .doesNotContain("trip-destination-sql", "reset-destination-sql");
    }

    @Test
    void aSenderGoesOnUntilNothingIsDueAndWakesTheNextForEachClaim() throws InterruptedException {
        PlayedMeta.thatCounts(graph);
        due("active");
        MockEndpoint told = mock("on-outcome");
        told.expectedMessageCount(1);
        send();
        assertThat(given(statement(CLAIM))).hasSize(2);
        assertThat(given(mock("seda:send-due-conversions"))).hasSize(1);
        told.assertIsSatisfied();
        assertThat(((OutcomeNotice) given(told).get(0)).status()).isEqualTo("delivered");
    }

    @Test
    void theTimerWakesOneSender() {
        run("wake-senders", null);
        assertThat(given(mock("seda:send-due-conversions"))).hasSize(1);
        assertThat(given(statement(CLAIM))).isEmpty();
    }

    @Test
    void anAnswerThatConcernsTheDestinationUpdatesItBeforeItsResultIsWritten() {
        new PlayedMeta(graph, payload -> PlayedMeta.refused(400, 80004, 0));
        String id = due("active");
        send();
        assertThat(trail.steps()).containsSubsequence("judge-answer", "trip-destination-sql", "record-attempts-sql");
        assertThat((Map<?, ?>) given("trip-destination")).extracting("destination", "state").containsExactly(7L, "throttled");
        assertThat(states()).isEqualTo(Map.of(id, "waiting"));
    }

    @Test
    void aCallThatWorksResetsItsDestination() {
        PlayedMeta.thatCounts(graph);
        due("throttled");
        send();
        assertThat(trail.steps()).containsSubsequence("judge-answer", "reset-destination-sql", "record-attempts-sql")
                .doesNotContain("trip-destination-sql");
        assertThat((Map<?, ?>) given("reset-destination")).extracting("destination", "state").containsExactly(7L, "active");
    }

    @Test
    void aDestinationThatCannotBeUpdatedKeepsNoResultFromBeingWritten() {
        fails("trip-destination", new DataAccessResourceFailureException("away"));
        new PlayedMeta(graph, payload -> PlayedMeta.refused(400, 80004, 0));
        String id = due("active");
        send();
        assertThat(states()).isEqualTo(Map.of(id, "waiting"));
        assertThat(given(mock("direct:dead-letter"))).isEmpty();
    }

    @Test
    void aRefusedBatchIsBisectedUntilTheFaultyOneIsFound() {
        List<String> ids = Stream.generate(() -> due("active")).limit(4).toList();
        String poison = ids.get(2);
        PlayedMeta meta = new PlayedMeta(graph, payload -> payload.toString().contains("event-" + poison)
                ? PlayedMeta.refused(400, 100, 2804087) : PlayedMeta.counted(payload));
        send();
        assertThat(meta.sizes().get(0)).isEqualTo(4);
        assertThat(meta.sizes()).hasSizeGreaterThan(2).allMatch(size -> size <= 4);
        Map<String, String> expected = new HashMap<>();
        ids.forEach(id -> expected.put(id, id.equals(poison) ? "rejected" : "delivered"));
        assertThat(states()).isEqualTo(expected);
    }

    @Test
    void whatFailsInASenderGoesToItsDeadLetterRouteAndNotBackAndIsWrittenLater() {
        PlayedMeta.thatCounts(graph);
        String id = due("active");
        fails(Ledger.RECORD, new DataAccessResourceFailureException("away", new SQLException("away", "08006")));
        send();
        assertThat(given(mock("direct:dead-letter"))).hasSize(1);
        assertThat(trail.steps()).contains("settle-failed").doesNotContain("record-attempt");

        statement(Ledger.RECORD).reset();
        answersEach(Ledger.RECORD, row -> Map.of("id", "written"));
        assertThat(run("record-pending-results", null).getException()).isNull();
        assertThat(states()).as("Meta's answer is not lost").containsEntry(id, "delivered");
        statement(Ledger.RECORD).reset();
        run("record-pending-results", null);
        assertThat(given(statement(Ledger.RECORD)).toString()).as("it is written once").doesNotContain(id);
    }

    @Test
    void aClaimOfWhichNoAnswerCameIsGivenBackOnceItIsFound() {
        fails(CLAIM, new DataAccessResourceFailureException("lost", new SQLException("lost", "08006")));
        send();
        Object claim = ((Map<?, ?>) given(CLAIM)).get("claim");
        assertThat(given(graph)).isEmpty();
        run("release-unsent", null);
        assertThat(this.<Map<String, Object>>rows(RELEASE)).contains(Map.of("id", claim));
        run("release-unsent", null);
        assertThat(given(statement(RELEASE)).get(1).toString()).doesNotContain(claim.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallThatBrokeIsUnknownOnlyIfItsBodyWasBegun(boolean isBegun) {
        graph.whenAnyExchangeReceived(exchange -> {
            if (isBegun) {
                exchange.getMessage().getBody(HttpEntity.class).writeTo(new ByteArrayOutputStream());
            }
            throw new IOException("broken");
        });
        String id = due("active");
        send();
        assertThat(states()).isEqualTo(Map.of(id, isBegun ? "unknown" : "waiting"));
        assertThat(given(mock("direct:dead-letter"))).as("a call that fails goes on as an answer").isEmpty();
    }

    @Test
    void aTokenThatDoesNotOpenSendsNothingAndItsConversionWaits() {
        account = world.connect(Map.of("access_token", new byte[] {1, 2, 3}));
        String id = due("active");
        send();
        assertThat(given(mock("direct:call-graph"))).isEmpty();
        run("record-pending-results", null);
        assertThat(states()).containsEntry(id, "waiting");
    }

    @Test
    void thoseThatWaitForAClickAreReleasedBeforeTheOverdueOnesExpire() {
        run("release-parked", null);
        assertThat(trail.steps()).containsExactly("release-parked-sql", "expire-parked-sql");
        assertThat((Map<?, ?>) given("release-parked")).isEqualTo(Map.of("lastClick", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"release-parked", "record-pending-results", "release-unsent"})
    void aTimersRouteThatFailsIsLeftToTheNextRound(String route) {
        RuntimeException away = new DataAccessResourceFailureException("away");
        List.of("release-parked", Ledger.RECORD, RELEASE).forEach(statement -> fails(statement, away));
        assertThat(run(route, null).getException()).isNull();
        assertThat(trail.steps()).doesNotContain("expire-parked-sql");
    }

    private void send() {
        assertThat(run("send-due-conversions", null).getException()).as("a sender's caller hears of no failure").isNull();
    }

    /** One more conversion that the next claim takes. */
    private String due(String destinationState) {
        String id = Ids.next();
        Timestamp now = Timestamp.from(Instant.now().minusSeconds(60));
        due.add(new HashMap<>(Map.of("id", id, "account_id", account.id(), "conversation_id", "conversation-of-" + id, "dataset_id", "3000000000",
                "waba_id", "102290129340398", "ctwa_clid", Ledger.CLICK, "event_name", "Purchase", "event_id", "event-" + id, "event_time", now,
                "value", new BigDecimal("49.90"))));
        due.get(due.size() - 1).putAll(Map.of("currency", "USD", "created_at", now, "attempts", 1, "retries", 0, "seq", due.size(),
                "destination", 7L, "destination_state", destinationState, "destination_failures", 0));
        return id;
    }

    /** The last state that was written of each conversion. */
    private Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        given(statement(Ledger.RECORD)).forEach(rows -> mapper.valueToTree(rows)
                .forEach(row -> states.put(row.path("id").asText(), row.path("state").asText())));
        return states;
    }
}
