package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Meta does to one account holds up nobody else, and ends by itself or by a call. */
class DestinationTest {

    private static final Reaction BAD_TOKEN = Reaction.of(401, "{\"error\":{\"message\":\"no\",\"code\":190}}");
    /** Waits that no test outlives, so that a destination that is not active stays so until a test resets it. */
    private static final Server PATIENT = Server.start(Map.of("clickthread.delivery.probe-delays", "1h",
            "clickthread.delivery.breaker-delays", "1h", "clickthread.delivery.retry-delays", "1ms"));

    private final TestAccount account = TestAccount.connect(PATIENT);
    private final String events = account.datasetId + "/events";

    @AfterAll
    static void stop() {
        PATIENT.stop();
    }

    @Test
    void aRefusedTokenSuspendsTheDestinationAndItsEventsLoseNoAttempts() {
        PATIENT.graph.next(events, BAD_TOKEN);
        Reply first = convert("1");
        Reply second = convert("2");

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("status").asText()).isEqualTo("queued");
        assertThat(second.json().path("reason").asText()).contains("190", "token", "resume");
        assertThat(PATIENT.graph.calls(events)).hasSize(1);
        assertThat(show(second).path("attempts")).isEmpty();
        JsonNode destination = destination();
        assertThat(destination.path("state").asText()).isEqualTo("suspended");
        assertThat(destination.path("queued").asInt()).isEqualTo(2);
        assertThat(destination.path("nextAttemptAt").asText()).isNotEmpty();
        assertThat(destination.path("reason").asText()).contains("190");
    }

    @Test
    void resumeSendsWhatWaits() {
        PATIENT.graph.next(events, BAD_TOKEN);
        Reply first = convert("1");
        Reply second = convert("2");

        Reply resumed = PATIENT.call("POST", "/api/v1/accounts/" + account.id + "/resume", null);

        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.json().at("/destinations/0/state").asText()).isEqualTo("active");
        awaitDelivered(first, second);
        assertThat(show(first).path("attempts").findValuesAsText("outcome")).containsExactly("blocked", "accepted");
        assertThat(convert("3").status()).isEqualTo(200);
    }

    @Test
    void connectingAgainResumesAsWell() {
        PATIENT.graph.next(events, BAD_TOKEN);
        Reply first = convert("1");

        PATIENT.call("POST", "/api/v1/connect/whatsapp/credentials", Map.of("accessToken", "EAAnew", "wabaId",
                account.wabaId, "phoneNumberId", account.phoneNumberId));

        awaitDelivered(first);
    }

    @Test
    void whatWaitsForAWrongDatasetGoesToTheRightOne() {
        PATIENT.graph.next(events, Reaction.of(400, "{\"error\":{\"code\":100,\"error_subcode\":33}}"));
        Reply first = convert("1");
        Reply second = convert("2");
        String right = account.datasetId + "9";

        PATIENT.call("PUT", "/api/v1/accounts/" + account.id, Map.of("metadata", Map.of("metaCapiDatasetId", right)));

        awaitDelivered(first, second);
        assertThat(PATIENT.graph.taken(right + "/events")).hasSize(1);
        assertThat(show(second).path("datasetId").asText()).isEqualTo(right);
        assertThat(show(second).path("history").findValuesAsText("event")).containsExactly("accepted", "moved", "attempt");
        assertThat(convert("3").status()).isEqualTo(200);
    }

    @Test
    void aSuspendedDestinationIsProbedByOneEventAtATimeAndResumesByItself() {
        PATIENT.graph.next(events, BAD_TOKEN, BAD_TOKEN);
        List<Reply> queued = IntStream.range(0, 20).mapToObj(i -> convert("p" + i)).toList();

        letTheNextProbeBeDue();
        await().untilAsserted(() -> assertThat(sizes()).containsExactly(1, 1));
        letTheNextProbeBeDue();

        awaitDelivered(queued.toArray(Reply[]::new));
        assertThat(sizes()).as("two refusals, the probe that passes, and the rest together").containsExactly(1, 1, 1, 19);
        assertThat(destination().path("state").asText()).isEqualTo("active");
    }

    @Test
    void aThrottledDestinationWaitsAsLongAsMetaAsksAndNobodyElseDoes() {
        TestAccount other = TestAccount.connect(PATIENT);
        PATIENT.graph.next(events, new Reaction(429, "{}", Map.of("Retry-After", "3")));
        Reply throttled = convert("1");
        long asked = System.nanoTime();
        Reply behind = convert("2");

        assertThat(behind.status()).isEqualTo(202);
        assertThat(destination().path("state").asText()).isEqualTo("throttled");
        assertThat(other.convert(other.clicked("clid"), "Purchase", "1").status()).as("another account").isEqualTo(200);
        awaitDelivered(throttled, behind);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(Duration.ofMillis(2_900));
    }

    @ParameterizedTest
    @CsvSource({"X-Business-Use-Case-Usage, 400, 80004", "X-Business-Use-Case, 400, 80004",
        "X-Business-Use-Case-Usage, 200, 0"})
    void theUsageHeaderIsHeededInBothSpellingsEvenBesideASuccess(String header, int status, int code) {
        String usage = "{\"1\":[{\"type\":\"ads_insights\",\"call_count\":100,\"estimated_time_to_regain_access\":19}]}";
        PATIENT.graph.next(events, new Reaction(status, code == 0 ? "{\"events_received\":1}"
                : "{\"error\":{\"code\":" + code + "}}", Map.of(header, usage)));

        convert("1");

        assertThat(destination().path("state").asText()).isEqualTo("throttled");
        assertThat(untilNextAttempt()).isBetween(Duration.ofMinutes(18), Duration.ofMinutes(20));
    }

    @Test
    void aRetryAfterMayBeADate() {
        String inAnHour = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        PATIENT.graph.next(events, new Reaction(503, "{}", Map.of("Retry-After", inAnHour)));

        convert("1");

        assertThat(destination().path("state").asText()).isEqualTo("throttled");
        assertThat(untilNextAttempt()).isBetween(Duration.ofMinutes(58), Duration.ofMinutes(61));
    }

    @Test
    void failuresInARowTripTheBreaker() {
        PATIENT.graph.next(events, Reaction.of(500, ""), Reaction.of(502, ""), Reaction.of(503, ""), Reaction.of(500, ""),
                Reaction.of(500, ""), Reaction.of(500, ""));
        Reply failing = convert("1");

        await().untilAsserted(() -> assertThat(destination().path("state").asText()).isEqualTo("tripped"));

        assertThat(PATIENT.graph.calls(events)).hasSize(5);
        assertThat(convert("2").status()).isEqualTo(202);
        assertThat(PATIENT.graph.calls(events)).as("no further call").hasSize(5);
        assertThat(show(failing).path("attempts")).hasSize(5);
    }

    @Test
    void aSuccessInBetweenBeginsTheCountAnew() {
        PATIENT.graph.next(events, Reaction.of(500, ""), Reaction.of(500, ""), Reaction.of(500, ""), Reaction.of(500, ""),
                Reaction.of(200, "{\"events_received\":1}"), Reaction.of(500, ""), Reaction.of(500, ""));

        awaitDelivered(convert("1"));
        awaitDelivered(convert("2"));

        assertThat(destination().path("state").asText()).isEqualTo("active");
    }

    @Test
    void silenceCountsForTheBreakerBecauseEveryCallItSwallowsIsOfUnknownOutcome() {
        TestAccount quick = TestAccount.connect(Server.shared());
        for (int i = 0; i < 5; i++) {
            Server.shared().graph.next(quick.datasetId + "/events", Reaction.reset());
        }
        for (int i = 0; i < 5; i++) {
            assertThat(quick.convert(quick.clicked("clid" + i), "Purchase", "p" + i).json().path("status").asText())
                    .isEqualTo("unknown");
        }

        assertThat(quick.convert(quick.clicked("clid"), "Purchase", "last").status()).isEqualTo(202);
    }

    @Test
    void anUnknownAccountCanBeNeitherShownNorResumed() {
        assertThat(PATIENT.call("GET", "/api/v1/accounts/6b031090b87cc915051bc561/delivery", null).status()).isEqualTo(404);
        assertThat(PATIENT.call("POST", "/api/v1/accounts/nobody/resume", null).status()).isEqualTo(404);
    }

    private Reply convert(String eventId) {
        return account.convert(account.clicked("clid" + eventId), "Purchase", eventId);
    }

    private JsonNode destination() {
        return PATIENT.call("GET", "/api/v1/accounts/" + account.id + "/delivery", null).json().at("/destinations/0");
    }

    /** As if the hour until it had passed. */
    private void letTheNextProbeBeDue() {
        await().untilAsserted(() -> assertThat(untilNextAttempt()).isGreaterThan(Duration.ofMinutes(29)));
        PATIENT.database().update("update destination set retry_at = now() where account_id = ?", account.id);
    }

    /** How many events each call had. */
    private List<Integer> sizes() {
        return PATIENT.graph.calls(events).stream().map(call -> call.json().path("data").size()).toList();
    }

    private Duration untilNextAttempt() {
        return Duration.between(java.time.Instant.now(), java.time.Instant.parse(destination().path("nextAttemptAt").asText()));
    }

    private void awaitDelivered(Reply... replies) {
        for (Reply reply : replies) {
            await().untilAsserted(() -> assertThat(show(reply).path("status").asText()).isEqualTo("delivered"));
        }
    }

    private JsonNode show(Reply reply) {
        return PATIENT.call("GET", reply.header("Location"), null).json();
    }
}
