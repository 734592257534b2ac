package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.conversion.ConversionNotice;
import io.clickthread.conversion.NewConversion;
import io.clickthread.support.Webhooks;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/** A request with one conversion, from its bytes to its answer. */
@RoutesOf({"conversions/accept-conversion", "conversions/read-conversion", "conversions/insert-conversions"})
class ConversionRoutesTest extends RouteTest {

    private final String eventId = "order-" + Webhooks.unique();
    private World.Connected account;
    private PlayedMeta meta;

    @BeforeEach
    void play() {
        account = world.connect();
        meta = PlayedMeta.thatCounts(mock("https:graph.facebook.com"));
        answersEach(Ledger.ACCEPT, Ledger::fresh);
        answersEach(Ledger.COMPARE, row -> null);
        answersEach(Ledger.RECORD, row -> Map.of("id", "written"));
    }

    @Test
    void aFreshConversionIsStoredInOneStatementSentAndAnsweredAsJudged() {
        Answer answer = post(purchase());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("eventsReceived").asInt()).isEqualTo(1);
        assertThat(answer.headers()).containsKey("Location");

        assertThat(this.<NewConversion>rows(Ledger.ACCEPT)).singleElement().satisfies(row -> {
            assertThat(row.accountId()).isEqualTo(account.id());
            assertThat(row.value()).isEqualByComparingTo("49.90");
            assertThat(row.emailHash()).hasSize(64);
        });
        assertThat(rows(Ledger.COMPARE)).as("nothing stands in its way").isEmpty();
        assertThat(trail.steps()).containsSubsequence("read-preferences", "read-json", "enrich-account", "read-fields", "check-conversion",
                "complete-conversion", "lock-contact", "begin-inserts", "choose-rows", "accept-conversions-sql", "find-repetitions",
                "compare-repetitions-sql", "compare-repetitions", "collect-inserts", "tell-accepted", "decide", "build-payload", "call-meta",
                "record-attempts-sql", "answer-first-attempt", "name-ignored-fields");
        assertThat(meta.payloads).hasSize(1);
    }

    @Test
    void itsRouteOfOnesOwnIsToldOnceItIsStored() throws InterruptedException {
        MockEndpoint told = mock("on-conversion");
        told.expectedMessageCount(1);
        post(purchase());
        told.assertIsSatisfied();
        assertThat(((ConversionNotice) given(told).get(0)).eventId()).isEqualTo(eventId);
    }

    @Test
    void faultsAreRefusedAllAtOnceByTheValidateStepAndNeverReachTheStatement() {
        Map<String, Object> faulty = purchase();
        faulty.put("eventName", "Bought");
        faulty.put("currency", "dollars");
        assertRefused(post(faulty), 400, "invalid_field_value");
        assertThat(trail.steps()).contains("check-conversion").doesNotContain("complete-conversion", "accept-conversions-sql");
    }

    @Test
    void anUnknownAccountIsRefusedBeforeTheStatement() {
        Map<String, Object> stray = purchase();
        stray.put("accountId", "0c1ed0000000000000009999");
        assertRefused(post(stray), 404, "account_not_found");
        assertThat(trail.steps()).containsSubsequence("enrich-account", "read-fields", "check-conversion")
                .doesNotContain("accept-conversions-sql");
    }

    @Test
    void anAccountWithoutADatasetIsRefused() {
        account = world.connect(Map.of("dataset_id", "none"));
        assertRefused(post(purchase()), 422, "dataset_not_configured");
    }

    @Test
    void whatIsNoJsonIsRefusedByTheUnmarshalStep() {
        assertRefused(answer("accept-conversion", Requests.of("/api/v1/whatsapp/conversions", null, "{broken")), 400, "invalid_json_body");
        assertThat(trail.steps()).containsExactly("read-preferences", "read-json", "settle-failed");
    }

    @Test
    void aContactThatIsNotKnownIsRefusedAndMetaHearsNothing() {
        answersEach(Ledger.ACCEPT, Ledger::unknown);
        assertRefused(post(purchase()), 404, "conversation_not_found");
        assertThat(rows(Ledger.COMPARE)).isEmpty();
        assertThat(meta.payloads).isEmpty();
    }

    @Test
    void aRepetitionIsAnsweredWithoutACallToMeta() {
        answersEach(Ledger.ACCEPT, Ledger::standing);
        answersEach(Ledger.COMPARE, row -> Ledger.former("delivered", ""));
        Answer answer = post(purchase());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Idempotent-Replayed", "true");
        assertThat(this.<NewConversion>rows(Ledger.COMPARE)).extracting(NewConversion::conversationId)
                .as("it is compared as of the conversation that was found").containsExactly("6921a0d40c1ed00000000001");
        assertThat(trail.steps()).contains("answer-repetition").doesNotContain("build-payload", "answer-first-attempt", "answer-before-sending");
        assertThat(given(mock("direct:call-graph"))).isEmpty();
    }

    @Test
    void otherContentsUnderTheSameEventIdAreAConflict() {
        answersEach(Ledger.ACCEPT, Ledger::standing);
        answersEach(Ledger.COMPARE, row -> Ledger.former("delivered", "value"));
        assertRefused(post(purchase()), 409, "event_id_conflict");
    }

    @Test
    void whatGivesWayIsReplacedInTheNextRound() {
        answersInTurn(Ledger.ACCEPT, Ledger::standing, Ledger::fresh);
        answersEach(Ledger.COMPARE, row -> Ledger.former("rejected", "value"));
        assertThat(post(purchase()).status()).isEqualTo(200);
        assertThat(given(statement(Ledger.ACCEPT))).hasSize(2);
        assertThat(given(statement(Ledger.COMPARE)).get(1)).isEqualTo(List.of());
        assertThat(meta.payloads).hasSize(1);
    }

    @Test
    void whatGivesWayAndIsNotReplacedIsTriedThreeTimesAtMost() {
        answersEach(Ledger.ACCEPT, Ledger::standing);
        answersEach(Ledger.COMPARE, row -> Ledger.former("expired", "value"));
        assertRefused(post(purchase()), 409, "event_id_conflict");
        assertThat(given(statement(Ledger.ACCEPT))).hasSize(3);
        assertThat(given(statement(Ledger.COMPARE))).hasSize(3);
        assertThat(meta.payloads).isEmpty();
    }

    @Test
    void aCallerWhoDoesNotWaitIsAnsweredBeforeAnythingIsSent() {
        Answer answer = post(purchase(), "Prefer", "respond-async");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(this.<NewConversion>rows(Ledger.ACCEPT)).extracting(NewConversion::leaseMillis).containsOnlyNulls();
        assertThat(trail.steps()).contains("answer-before-sending").doesNotContain("build-payload");
    }

    @Test
    void fieldsThatNobodyReadsAreNamedInTheAnswer() {
        Map<String, Object> more = purchase();
        more.put("evntTime", 1);
        assertThat(post(more).headers().get("X-Ignored-Fields")).asString().contains("evntTime");
    }

    @Test
    void aValueThatNoColumnTakesIsRefused() {
        answersEach(Ledger.ACCEPT, row -> new DataIntegrityViolationException("refused", new SQLException("refused", "22P05")));
        assertRefused(post(purchase()), 400, "invalid_field_value");
    }

    @ParameterizedTest
    @CsvSource({"08006, true", "57014, false"})
    void aRequestWhoseStatementFailsIsAnswered503AndLookedForIfItMayBeStored(String state, boolean mayBeStored) {
        fails(Ledger.ACCEPT, new DataAccessResourceFailureException("away", new SQLException("away", state)));
        assertRefused(post(purchase()), 503, "temporarily_unavailable");
        assertThat(mockingDetails(statements).getInvocations().isEmpty()).isEqualTo(!mayBeStored);
    }

    @Test
    void aRequestThatFailsOnceItIsStoredIsAnsweredWithWhatStands() {
        fails(Ledger.COMPARE, new IllegalStateException("a fault of ours"));
        when(statements.run(eq("release-claims"), any())).thenReturn(List.of(Map.of("id", "released")));
        when(statements.run(eq("compare-repetitions"), any())).thenAnswer(call -> {
            Map<String, Object> own = Ledger.former("pending", "");
            own.put("stands_id", ((NewConversion) ((List<?>) call.getArgument(1)).get(0)).id());
            return List.of(own);
        });
        Answer answer = post(purchase());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("status").asText()).isEqualTo("queued");
        assertThat(answer.headers()).doesNotContainKey("Idempotent-Replayed");
        assertThat(given(mock("direct:dead-letter"))).hasSize(1);
        assertThat(meta.payloads).isEmpty();
    }

    private void answersInTurn(String statement, UnaryOperator<Object> first, UnaryOperator<Object> then) {
        statement(statement).whenExchangeReceived(1, exchange -> exchange.getMessage().setBody(
                ((List<?>) exchange.getMessage().getBody()).stream().map(first::apply).toList()));
        answersEach(statement, then);
    }

    private Map<String, Object> purchase() {
        return new HashMap<>(Map.of("accountId", account.id(), "phoneE164", "+15551234567", "eventName", "Purchase", "eventId", eventId,
                "value", new BigDecimal("49.90"), "currency", "USD", "email", "jon@example.com"));
    }

    private Answer post(Map<String, Object> conversion, String... headers) {
        return answer("accept-conversion", Requests.of("/api/v1/whatsapp/conversions", null, conversion, headers));
    }

    private static void assertRefused(Answer answer, int status, String code) {
        JsonNode body = answer.json();
        assertThat(answer.status()).as(body.toString()).isEqualTo(status);
        assertThat(body.path("code").asText()).isEqualTo(code);
    }
}
