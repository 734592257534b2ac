package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.FaultySteps;
import io.clickthread.support.FaultySteps.Moment;
import io.clickthread.support.RouteFolder;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each step between a conversion's request and its outcome fails, before it does anything and after it has done all of it,
 * for as long as the request lasts and a moment longer. Whatever it is, the conversion ends delivered, Meta hears of it once,
 * and no caller is told of an error once it is stored.
 */
@Tag("one-jdk")
class FaultyDeliveryTest {

    private static final FaultySteps STEPS = new FaultySteps();
    private static final Server SERVER = Server.start(Map.of("clickthread.delivery.lease", "3s",
            "clickthread.delivery.lease-check", "100ms", "clickthread.routes-dir", withRoutesThatListen().toString()), STEPS);

    private static final Set<String> IN_THE_BACKGROUND =
            FaultySteps.steps(SERVER, List.of("send-due-conversions")).keySet();

    /**
     * One way of a conversion: what its requests were answered, how many events must be delivered in the end, and whether it is
     * there for the steps that no other way passes.
     */
    private record Way(String name, BiFunction<TestAccount, String, List<Reply>> go, int events, boolean isRare) {
    }

    private static final List<Way> WAYS = List.of(
            new Way("a request that waits for Meta", (account, phone) -> List.of(account.convert(phone, "LeadSubmitted", "e0")), 1,
                    false),
            new Way("respond-async", (account, phone) -> List.of(account.server.call("POST", "/api/v1/whatsapp/conversions",
                    body(account, phone, 0), "Prefer", "respond-async")), 1, false),
            new Way("three in the background", FaultyDeliveryTest::threeInTheBackground, 3, false),
            new Way("a batch", FaultyDeliveryTest::batch, 3, false),
            new Way("a repetition", (account, phone) -> List.of(account.convert(phone, "LeadSubmitted", "e0"),
                    account.convert(phone, "LeadSubmitted", "e0")), 1, true),
            new Way("Meta fails first", (account, phone) -> {
                SERVER.graph.next(account.datasetId + "/events", Reaction.of(500, ""));
                return List.of(account.convert(phone, "LeadSubmitted", "e0"));
            }, 1, true),
            new Way("Meta throttles first", (account, phone) -> {
                SERVER.graph.next(account.datasetId + "/events", Reaction.of(429, ""));
                return List.of(account.convert(phone, "LeadSubmitted", "e0"));
            }, 1, true));

    /** With these, the steps that tell somebody else run, too. */
    private static Path withRoutesThatListen() {
        String route = "- route:\n    id: %1$s\n    routeConfigurationId: custom-errors\n    from:\n      uri: direct:%1$s\n"
                + "      steps:\n        - marshal: {json: {}}\n";
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "faulty-delivery-routes");
            return RouteFolder.copy(folder, Map.of("on-conversion.camel.yaml", route.formatted("on-conversion"),
                    "on-outcome.camel.yaml", route.formatted("on-outcome")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void whateverStepFailsTheConversionIsDeliveredOnceAndItsCallerHearsOfNoError() {
        Set<String> steps = FaultySteps.steps(SERVER, List.of("accept-conversion", "accept-batch",
                "send-due-conversions")).keySet();
        Set<String> never = new TreeSet<>(steps);
        SoftAssertions all = new SoftAssertions();
        int runs = 0;
        for (Way way : WAYS) {
            Set<String> passed = STEPS.during(() -> run(way, TestAccount.connect(SERVER), null, null, all));
            passed.retainAll(way.isRare() ? never : steps);
            for (String step : passed) {
                for (Moment moment : way.events() > 1 || way.isRare() ? List.of(Moment.BEFORE) : List.of(Moment.values())) {
                    if (run(way, TestAccount.connect(SERVER), step, moment, all) > 0) {
                        never.remove(step);
                    }
                    runs++;
                }
            }
        }
        System.out.println("Faulty delivery: " + steps.size() + " steps, " + runs + " runs");
        all.assertThat(never).as("steps that no way failed at").isEmpty();
        all.assertAll();
    }

    /** Meta reads the request and hangs up: whether it counted it cannot be known, whatever fails here besides. */
    @Test
    void aCallThatMayHaveLeftStaysUnknownWhateverStepFailsAroundIt() {
        SoftAssertions all = new SoftAssertions();
        Set<String> steps = FaultySteps.steps(SERVER, List.of("send-conversions")).keySet();
        for (String step : steps) {
            for (Moment moment : Moment.values()) {
                TestAccount account = TestAccount.connect(SERVER);
                String phone = account.clicked("clid-" + account.id);
                SERVER.graph.next(account.datasetId + "/events", Reaction.reset());
                STEPS.arm(step, moment, exchange -> new IllegalStateException("made by a test"));
                Reply reply = account.convert(phone, "LeadSubmitted", "e0");
                pause();
                STEPS.disarm();
                all.assertThat(reply.status()).as(step + " fails " + moment + ": " + reply.body()).isEqualTo(202);
                try {
                    await().atMost(Duration.ofSeconds(20)).until(() -> count(account,
                            "select count(*) from conversion where account_id = ? and state = 'unknown'") == 1);
                } catch (org.awaitility.core.ConditionTimeoutException e) {
                    all.fail(step + " fails " + moment + ": " + states(account));
                }
                all.assertThat(SERVER.graph.calls(account.datasetId + "/events")).as(step + " fails " + moment).hasSize(1);
            }
        }
        all.assertAll();
    }

    private static List<Map<String, Object>> states(TestAccount account) {
        return SERVER.database().queryForList("select event_id, state, reason, attempts from conversion where account_id = ?",
                account.id);
    }

    /** How often the step failed. */
    private static int run(Way way, TestAccount account, String step, Moment moment, SoftAssertions all) {
        String what = way.name() + ", " + step + " fails " + moment;
        String phone = account.clicked("clid-" + account.id);
        if (step != null) {
            STEPS.arm(step, moment, exchange -> new IllegalStateException("made by a test"));
        }
        List<Reply> replies = way.go().apply(account, phone);
        if (IN_THE_BACKGROUND.contains(String.valueOf(step)) && replies.get(replies.size() - 1).status() == 202) {
            pause();
        }
        int fired = STEPS.disarm();
        long stored = count(account, "select count(*) from conversion where account_id = ?");
        for (Reply reply : replies) {
            if (stored > 0) {
                all.assertThat(reply.status()).as(what + ": " + reply.body()).isIn(200, 202);
            } else {
                all.assertThat(reply.status()).as(what + ": " + reply.body()).isIn(500, 503);
                way.go().apply(account, phone).forEach(again ->
                        all.assertThat(again.status()).as(what + ", again: " + again.body()).isIn(200, 202));
            }
        }
        try {
            await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20)).until(() -> count(account,
                    "select count(*) from conversion where account_id = ? and state = 'delivered'") == way.events());
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            all.fail(what + ": " + states(account));
        }
        all.assertThat(count(account, "select count(*) from history h join conversion v on v.id = h.conversion_id "
                + "where v.account_id = ? and h.state = 'unknown'")).as(what + ": unknown").isZero();
        all.assertThat(SERVER.graph.taken(account.datasetId + "/events").stream()
                .flatMap(call -> call.json().path("data").findValuesAsText("event_id").stream()).sorted().toList())
                .as(what + ": what Meta counted").containsExactlyElementsOf(
                        IntStream.range(0, way.events()).mapToObj(i -> "e" + i).toList());
        return fired;
    }

    private static List<Reply> threeInTheBackground(TestAccount account, String phone) {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            replies.add(SERVER.call("POST", "/api/v1/whatsapp/conversions", body(account, phone, i), "Prefer", "respond-async"));
        }
        return replies;
    }

    private static List<Reply> batch(TestAccount account, String phone) {
        return List.of(SERVER.call("POST", "/api/v1/whatsapp/conversions/batch", Map.of("conversions",
                IntStream.range(0, 3).mapToObj(i -> body(account, phone, i)).toList())));
    }

    private static Map<String, Object> body(TestAccount account, String phone, int event) {
        return new LinkedHashMap<>(Map.of("accountId", account.id, "phoneE164", phone, "eventName", "LeadSubmitted",
                "eventId", "e" + event));
    }

    private static long count(TestAccount account, String query) {
        return SERVER.database().queryForObject(query, Long.class, account.id);
    }

    /** Until what is left to the background has met the fault, if it can. */
    private static void pause() {
        long before = STEPS.fired();
        try {
            await().atMost(Duration.ofMillis(300)).pollInterval(Duration.ofMillis(20)).until(() -> STEPS.fired() > before + 1);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            // it stands before the background
        }
    }
}
