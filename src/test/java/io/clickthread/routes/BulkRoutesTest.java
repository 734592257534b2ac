package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.conversion.BulkItem;
import io.clickthread.conversion.BulkResult;
import io.clickthread.conversion.NewConversion;
import io.clickthread.conversion.SubmissionResult;
import io.clickthread.http.Problem;
import io.clickthread.support.Webhooks;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/** Many conversions at once, and those that come one by one from elsewhere than the API. */
@RoutesOf({"conversions/accept-batch", "conversions/submit-conversions"})
class BulkRoutesTest extends RouteTest {

    private final String unique = Webhooks.unique();
    private World.Connected account;

    @BeforeEach
    void play() {
        account = world.connect();
        answersEach(Ledger.ACCEPT, Ledger::fresh);
        answersEach(Ledger.COMPARE, row -> null);
        answersEach("match-conversions", Ledger::fresh);
    }

    @Test
    void aFaultyConversionOfABatchCostsItsNeighboursNothing() {
        Map<String, Object> faulty = lead("b");
        faulty.put("eventName", "Bought");
        Answer answer = post(lead("a"), faulty, lead("c"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(statuses(answer)).containsExactly("queued", "refused", "queued");
        assertThat(answer.json().at("/results/1/error/code").asText()).isEqualTo("invalid_field_value");
        assertThat(eventIds(Ledger.ACCEPT)).as("one statement for all").containsExactly(id("a"), id("c"));
        assertThat(trail.steps()).containsSubsequence("read-batch", "split-conversions", "open-item", "check-conversion", "choose-good",
                "accept-conversions-sql", "tell-many", "tell-results", "answer-batch").doesNotContain("build-payload");
    }

    @Test
    void aFaultyFirstOneCostsItsNeighboursNothingEither() {
        Map<String, Object> stray = lead("a");
        stray.put("accountId", "0c1ed0000000000000009999");
        assertThat(statuses(post(stray, lead("b")))).containsExactly("refused", "queued");
        assertThat(eventIds(Ledger.ACCEPT)).containsExactly(id("b"));
    }

    @Test
    void oneThatTheDatabaseRefusesOrThatStandsAlreadyIsToldAlone() {
        answersEach(Ledger.ACCEPT, row -> ((NewConversion) row).eventId().equals(id("a"))
                ? new DataIntegrityViolationException("refused", new SQLException("refused", "22P05"))
                : ((NewConversion) row).eventId().equals(id("b")) ? Ledger.standing(row) : Ledger.fresh(row));
        answersEach(Ledger.COMPARE, row -> Ledger.former("delivered", ""));
        assertThat(statuses(post(lead("a"), lead("b"), lead("c")))).containsExactly("refused", "repeated", "queued");
        assertThat(eventIds(Ledger.COMPARE)).containsExactly(id("b"));
    }

    @Test
    void whatIsNoBatchIsRefusedBeforeItIsSplit() {
        assertThat(post().status()).isEqualTo(400);
        assertThat(trail.steps()).containsExactly("read-batch");
    }

    @Test
    void aBatchThatIsNotStoredIsAnswered503() {
        fails(Ledger.ACCEPT, new DataAccessResourceFailureException("away", new SQLException("away", "57014")));
        assertThat(post(lead("a")).status()).isEqualTo(503);
        assertThat(trail.steps()).doesNotContain("answer-batch");
    }

    @Test
    void aBatchThatFailsOnceItIsStoredIsAnsweredWithWhatBecameOfIt() {
        fails(Ledger.COMPARE, new IllegalStateException("a fault of ours"));
        Answer answer = post(lead("a"), lead("b"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(statuses(answer)).containsExactly("queued", "queued");
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(trail.steps()).as("answered by the error policy").doesNotContain("answer-batch");
    }

    @Test
    void aConversionFromElsewhereIsStoredForTheBackground() {
        Object result = result("direct:submit-conversion", lead("a"));
        assertThat(this.<NewConversion>rows(Ledger.ACCEPT)).singleElement().satisfies(row -> {
            assertThat(row.leaseMillis()).isNull();
            assertThat(row.parkMillis()).isNull();
            assertThat(result).isEqualTo(new SubmissionResult(row.id(), false, null));
        });
        assertThat(trail.steps()).containsSubsequence("open-queued", "check-conversion", "accept-conversions-sql", "tell-submitted", "answer-submitted")
                .doesNotContain("build-payload", "lock-contact");
    }

    @Test
    void aConversionFromElsewhereThatIsFaultyFailsInTheRouteThatBroughtIt() {
        Map<String, Object> faulty = lead("a");
        faulty.remove("phoneE164");
        Exchange done = run("direct:submit-conversion", faulty);
        assertThat(done.getException(Problem.class).status()).isEqualTo(400);
        assertThat(given(statement(Ledger.ACCEPT))).isEmpty();
    }

    @Test
    void whatWasRefusedBeforeItCameHereStaysRefused() {
        Problem refusal = Problem.invalid("invalid_field_value", "value", "The amount is none.");
        List<BulkResult> results = results("direct:submit-conversions", new BulkItem(null, null, refusal), item("b"));
        assertThat(results).extracting(BulkResult::outcome).containsExactly(BulkResult.Outcome.REFUSED, BulkResult.Outcome.QUEUED);
        assertThat(results.get(0).problem()).isSameAs(refusal);
    }

    @Test
    void aDryRunSaysWhatWouldBecomeOfEachAndStoresNothing() {
        answersEach("match-conversions", row -> ((NewConversion) row).eventId().equals(id("b")) ? Ledger.unknown(row) : Ledger.fresh(row));
        List<BulkResult> results = results("direct:match-conversions", item("a"), item("b"),
                new BulkItem(null, mapper.createObjectNode().put("eventId", id("c")), null));
        assertThat(results).extracting(BulkResult::outcome).containsExactly(BulkResult.Outcome.QUEUED, BulkResult.Outcome.REFUSED,
                BulkResult.Outcome.REFUSED);
        assertThat(eventIds("match-conversions")).containsExactly(id("a"), id("b"));
        assertThat(given(statement(Ledger.ACCEPT))).isEmpty();
        assertThat(given(statement(Ledger.COMPARE))).isEmpty();
    }

    private List<String> eventIds(String statement) {
        return this.<NewConversion>rows(statement).stream().map(NewConversion::eventId).toList();
    }

    @SuppressWarnings("unchecked")
    private List<BulkResult> results(String route, BulkItem... items) {
        return (List<BulkResult>) result(route, Arrays.asList(items));
    }

    private BulkItem item(String name) {
        return new BulkItem(null, mapper.valueToTree(lead(name)), null);
    }

    private String id(String name) {
        return name + "-" + unique;
    }

    private Map<String, Object> lead(String name) {
        return new HashMap<>(Map.of("accountId", account.id(), "phoneE164", "+15551234567", "eventName", "LeadSubmitted", "eventId", id(name)));
    }

    @SafeVarargs
    private Answer post(Map<String, Object>... conversions) {
        return answer("accept-batch", Requests.of("/api/v1/whatsapp/conversions/batch", null, Map.of("conversions", conversions)));
    }

    private static List<String> statuses(Answer answer) {
        JsonNode results = answer.json().path("results");
        assertThat(results.findValuesAsText("index")).isSorted();
        return results.findValuesAsText("status");
    }
}
