package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose fault an answer is: only an error object of Meta's about the event rejects an event. */
class MetaAnswerTest {

    private static final Map<String, String> HTML = Map.of("Content-Type", "text/html; charset=utf-8");
    /** Waits that no test outlives, so that what waits stays as the answer left it. */
    private static final Server PATIENT = Server.start(Map.of("clickthread.delivery.probe-delays", "1h",
            "clickthread.delivery.breaker-delays", "1h", "clickthread.delivery.retry-delays", "1h"));

    private final TestAccount account = TestAccount.connect(PATIENT);
    private final String events = account.datasetId + "/events";

    @AfterAll
    static void stop() {
        PATIENT.stop();
    }

    static Stream<Arguments> answersOfTheField() throws IOException {
        JsonNode cases = Server.JSON.readTree(Files.readString(Path.of("src/test/resources/cases/50-meta-answers.json")));
        return StreamSupport.stream(cases.spliterator(), false).map(one -> Arguments.of(one.path("case").asText(), one));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersOfTheField")
    void theAnswersOfTheFieldEndAsTheyShould(String name, JsonNode one) {
        boolean isPage = one.has("html");
        PATIENT.graph.next(events, new Reaction(one.path("status").asInt(),
                isPage ? one.path("html").asText() : one.path("body").toString(), isPage ? HTML : Map.of()));

        Reply reply = convert("order");

        JsonNode attempt = show(reply).path("attempts").get(0);
        assertThat(attempt.path("httpStatus").asInt()).isEqualTo(one.path("status").asInt());
        switch (one.path("want").asText()) {
            case "rejected with the reason" -> {
                assertThat(show(reply).path("status").asText()).isEqualTo("rejected");
                assertThat(show(reply).path("reason").asText()).contains("2804010", "without currency");
                assertThat(reply.json().at("/failures/0/message").asText()).contains("currency");
            }
            case "not rejected" -> {
                assertThat(reply.status()).isEqualTo(202);
                assertThat(show(reply).path("state").asText()).isEqualTo("waiting");
                assertThat(attempt.path("code").isNull()).isTrue();
                assertThat(attempt.path("message").asText()).isNotEmpty().doesNotContain("<");
                assertThat(show(reply).path("reason").asText()).contains(attempt.path("message").asText(), "HTTP");
                assertThat(destination().path("state").asText()).isEqualTo("active");
            }
            default -> assertHeld(reply, attempt, one.at("/body/error/code").asInt(), one.at("/body/error/message").asText());
        }
    }

    private void assertHeld(Reply reply, JsonNode attempt, int code, String words) {
        assertThat(reply.status()).isEqualTo(202);
        assertThat(show(reply).path("state").asText()).isEqualTo("waiting");
        assertThat(attempt.path("code").asInt()).isEqualTo(code);
        assertThat(attempt.path("message").asText()).isEqualTo(words);
        assertThat(destination().path("state").asText()).isEqualTo("suspended");
        assertThat(destination().path("reason").asText()).contains("code " + code, "resume");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "'code':2635                            | CLICKTHREAD_GRAPH_VERSION",
        "'code':2500                            | CLICKTHREAD_GRAPH_VERSION",
        "'code':12                              | CLICKTHREAD_GRAPH_VERSION",
        "'code':803                             | metaCapiDatasetId",
        "'code':100,'error_subcode':33          | metaCapiDatasetId",
        "'code':100,'error_subcode':2804132     | metaCapiDatasetId",
        "'code':190,'error_subcode':463         | access token",
        "'code':'190'                           | access token",
        "'code':200                             | whatsapp_business_manage_events",
        "'code':368                             | policy",
        "'code':100                             | Meta's words",
        "'code':987654                          | Meta's words"})
    void theDestinationShowsWhatToDoAndTheEventWaits(String numbers, String advice) {
        PATIENT.graph.next(events, Reaction.of(400, "{'error':{'message':'no',%s}}".formatted(numbers).replace('\'', '"')));

        Reply reply = convert("order");

        assertThat(show(reply).path("state").asText()).isEqualTo("waiting");
        assertThat(destination().path("state").asText()).isEqualTo("suspended");
        assertThat(destination().path("reason").asText()).contains(advice, "POST /api/v1/accounts/{accountId}/resume");
        PATIENT.call("POST", "/api/v1/accounts/" + account.id + "/resume", null);
        PATIENT.database().update("update conversion set due_at = now() where account_id = ?", account.id);
        awaitState(reply, "delivered");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "302 |                                | waiting | active",
        "307 | <h1>Moved</h1>                 | waiting | active",
        "400 |                                | waiting | active",
        "401 | Unauthorized                   | waiting | active",
        "403 | <html>Forbidden by policy      | waiting | active",
        "404 | {'error':'not_found'}          | waiting | active",
        "407 | Proxy Authentication Required  | waiting | active",
        "410 | Gone                           | waiting | active",
        "413 | Too large                      | waiting | active",
        "421 | Misdirected                    | waiting | active",
        "425 | Too Early                      | waiting | active",
        "451 | Blocked                        | waiting | active",
        "499 | Forbidden by antivirus         | waiting | active",
        "400 | {'error':{'code':400,'message':'gateway'}} | waiting | active",
        "429 | <html>slow down</html>         | waiting | throttled",
        "502 | <html>Bad Gateway</html>       | waiting | active",
        "504 | <html>Gateway Time-out</html>  | unknown | active",
        "200 | <html>Please log in</html>     | unknown | suspended",
        "200 |                                | unknown | suspended",
        "200 | {}                             | unknown | active"})
    void whatIsNotMetasRejectsNothing(int status, String body, String state, String destination) {
        PATIENT.graph.next(events, new Reaction(status, body == null ? "" : body.replace('\'', '"'), HTML));

        Reply reply = convert("order");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(show(reply).path("state").asText()).isEqualTo(state);
        assertThat(show(reply).path("reason").asText()).contains(status == 200 ? "whether" : "HTTP " + status)
                .doesNotContain("Meta refuse");
        assertThat(destination().path("state").asText()).isEqualTo(destination);
    }

    @Test
    void aPageThatQuotesTheCallGivesNeitherTokenNorClickAway() {
        PATIENT.graph.next(events, new Reaction(403, "<p>Denied: EAAtest-" + account.wabaId + " Authorization: Bearer EAAtest-"
                + account.wabaId + " for ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LEkR7JwLF", HTML));

        Reply reply = convert("order");

        assertThat(reply.body()).contains("Denied").doesNotContain("EAAtest", "ARAk");
        assertThat(show(reply).toString().replaceAll("\"ctwa_clid\":\"[^\"]*\"", "")).contains("Denied")
                .doesNotContain("EAAtest", "ARAkLkA8");
        assertThat(destination().toString()).doesNotContain("EAAtest", "ARAkLkA8");
    }

    @Test
    void aBatchThatIsRefusedWithACodeNobodyKnowsIsNarrowedDownOnceAndNothingIsRejected() {
        List<Reply> replies = queue(64);
        String unknown = "{\"error\":{\"message\":\"no\",\"code\":987654}}";
        PATIENT.graph.next(events, IntStream.range(0, 200).mapToObj(i -> Reaction.of(400, unknown)).toArray(Reaction[]::new));

        resume();

        await().untilAsserted(() -> assertThat(destination().path("state").asText()).isEqualTo("suspended"));
        await().untilAsserted(() -> assertThat(replies).allSatisfy(reply ->
                assertThat(show(reply).path("state").asText()).isEqualTo("waiting")));
        assertThat(sizes()).containsExactly(64, 32, 16, 8, 4, 2, 1);
    }

    @Test
    void anEventThatAloneIsRefusedWithACodeNobodyKnowsWaitsAndTheOthersAreDelivered() {
        List<Reply> replies = queue(16);
        PATIENT.graph.refuse(events, "{\"error\":{\"message\":\"no\",\"code\":987654}}", "event-11");

        resume();

        for (int i = 0; i < 16; i++) {
            awaitState(replies.get(i), i == 11 ? "waiting" : "delivered");
        }
        assertThat(show(replies.get(11)).path("reason").asText()).contains("987654");
        assertThat(show(replies.get(11)).at("/attempts").findValuesAsText("outcome")).endsWith("unexplained");
        assertThat(destination().path("state").asText()).isEqualTo("active");
        assertThat(PATIENT.graph.taken(events).stream()
                .flatMap(call -> call.json().path("data").findValuesAsText("event_id").stream())).hasSize(15).doesNotHaveDuplicates();
    }

    @Test
    void whatIsBehindAnEventThatWaitsInItsConversationWaitsAsWell() {
        queue(4);
        String phone = account.clicked("clid-order");
        Reply first = account.convert(phone, "LeadSubmitted", "first");
        Reply second = account.convert(phone, "LeadSubmitted", "second");
        Reply other = convert("other");
        PATIENT.graph.refuse(events, "{\"error\":{\"message\":\"no\",\"code\":987654}}", "first");

        resume();

        awaitState(other, "delivered");
        awaitState(first, "waiting");
        awaitState(second, "waiting");
        assertThat(show(second).path("reason").asText()).contains("after an earlier conversion");
        assertThat(PATIENT.graph.taken(events)).noneMatch(call -> call.body().contains("\"second\""));
    }

    @Test
    void aFaultOfTheDatasetIsNotSearchedForAmongTheEventsOfABatch() {
        List<Reply> replies = queue(8);
        PATIENT.graph.next(events, Reaction.of(400, "{\"error\":{\"code\":100,\"error_subcode\":2804131}}"));

        resume();

        await().untilAsserted(() -> assertThat(destination().path("state").asText()).isEqualTo("suspended"));
        replies.forEach(reply -> awaitState(reply, "waiting"));
        assertThat(sizes()).containsExactly(8);
    }

    @Test
    void aBatchThatIsTooLargeForAProxyIsSentInHalves() {
        List<Reply> replies = queue(12);
        Reaction tooLarge = new Reaction(413, "<html><title>413 Request Entity Too Large</title></html>", HTML);
        PATIENT.graph.next(events, tooLarge, tooLarge);

        resume();

        replies.forEach(reply -> awaitState(reply, "delivered"));
        assertThat(sizes()).containsExactly(12, 6, 3, 3, 3, 3);
        assertThat(show(replies.get(0)).path("attempts").findValuesAsText("message")).startsWith("413 Request Entity Too Large");
        assertThat(destination().path("state").asText()).isEqualTo("active");
    }

    private Reply convert(String eventId) {
        return account.convert(account.clicked("clid-" + eventId), "Purchase", eventId, "value", 1, "currency", "EUR");
    }

    /** Conversions that wait for a suspended destination. */
    private List<Reply> queue(int count) {
        PATIENT.database().update("insert into destination (account_id, dataset_id, state, retry_at, reason) "
                + "values (?, ?, 'suspended', now() + interval '1 hour', 'A test holds it.')", account.id, account.datasetId);
        return IntStream.range(0, count).mapToObj(i -> convert("event-" + i)).toList();
    }

    private void resume() {
        PATIENT.call("POST", "/api/v1/accounts/" + account.id + "/resume", null);
    }

    private JsonNode destination() {
        return PATIENT.call("GET", "/api/v1/accounts/" + account.id + "/delivery", null).json().at("/destinations/0");
    }

    private List<Integer> sizes() {
        return PATIENT.graph.calls(events).stream().map(call -> call.json().path("data").size()).toList();
    }

    private void awaitState(Reply reply, String state) {
        await().untilAsserted(() -> assertThat(show(reply).path("state").asText()).isEqualTo(state));
    }

    private JsonNode show(Reply reply) {
        return PATIENT.call("GET", reply.header("Location"), null).json();
    }
}
