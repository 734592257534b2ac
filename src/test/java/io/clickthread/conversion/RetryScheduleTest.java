package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.graph.GraphAnswer;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** When a conversion goes again, and when it no longer does. */
class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private final Settings settings = settings(Map.of("clickthread.delivery.retry-delays", "1s,10s,100s"));
    private final RetrySchedule schedule = new RetrySchedule(settings);

    @Property(tries = 500)
    void theWaitLiesBetweenNothingAndThePlannedOne(@ForAll @IntRange(min = 1, max = 100) int attempt,
                                                   @ForAll long seed) {
        Duration planned = List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(100))
                .get(Math.min(attempt, 3) - 1);

        assertThat(schedule.wait(attempt, null, new Random(seed))).isBetween(Duration.ZERO, planned);
    }

    @Property(tries = 500)
    void itIsNeverLessThanWhatMetaAskedFor(@ForAll @IntRange(min = 1, max = 5) int attempt,
                                           @ForAll @LongRange(min = 0, max = 86_400) long asked, @ForAll long seed) {
        assertThat(schedule.wait(attempt, asked, new Random(seed))).isGreaterThanOrEqualTo(Duration.ofSeconds(asked));
    }

    @Test
    void anAbsurdRetryAfterIsCutToADay() {
        assertThat(schedule.wait(1, Long.MAX_VALUE, new Random(1))).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void twoThatFailTogetherDoNotComeBackTogether() {
        Random random = new Random(1);
        assertThat(List.of(schedule.wait(3, null, random), schedule.wait(3, null, random), schedule.wait(3, null, random)))
                .doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    void sevenDaysOfFailuresAreQuickAtFirstThenWidenAndEndWithATryInTime(@ForAll long seed) {
        RetrySchedule real = new RetrySchedule(settings(Map.of()));
        Random random = new Random(seed);
        Instant end = NOW.plus(Duration.ofDays(7));
        List<Instant> tries = new ArrayList<>(List.of(NOW));
        Duration wait;
        while ((wait = real.untilNext(last(tries), NOW.getEpochSecond(), real.wait(tries.size(), null, random))) != null) {
            tries.add(last(tries).plus(wait));
        }

        assertThat(last(tries)).isEqualTo(end.minus(Duration.ofMinutes(10)));
        assertThat(tries).filteredOn(time -> time.isBefore(NOW.plus(Duration.ofMinutes(10))))
                .as("tries in the first 10 minutes").hasSizeGreaterThanOrEqualTo(7);
        assertThat(tries).as("tries in all").hasSizeLessThan(200);
        for (int i = 1; i < tries.size(); i++) {
            assertThat(Duration.between(tries.get(i - 1), tries.get(i))).isLessThanOrEqualTo(Duration.ofHours(6));
        }
    }

    @Test
    void afterItsLastTryAnEventIsDeadAndSaysWhy() {
        AttemptResult settlement = judge(settings, NOW.minus(Duration.ofDays(7)).plusSeconds(60), 500, null);

        assertThat(settlement.state()).isEqualTo("expired");
        assertThat(settlement.reason()).contains("7 days", "HTTP 500");
    }

    @Test
    void aFailureBeforeTheLastTryIsFollowedByIt() {
        Instant eventTime = NOW.minus(Duration.ofDays(7)).plus(Duration.ofMinutes(10)).plusSeconds(30);

        assertThat(judge(settings, eventTime, 500, 3_600L).dueInMillis()).isEqualTo(30_000);
    }

    @Test
    void anEventThatIsStillYoungEnoughWaits() {
        AttemptResult settlement = judge(settings, NOW.minus(Duration.ofDays(6)), 500, null);

        assertThat(settlement.state()).isEqualTo("waiting");
        assertThat(settlement.dueInMillis()).isBetween(0L, 1_000L);
    }

    @Test
    void whatConcernsTheDestinationCostsTheConversionNoPlaceInTheSchedule() {
        GraphAnswer badToken = new GraphAnswer(GraphAnswer.Reach.ANSWERED, 401,
                JsonNodeFactory.instance.objectNode().set("error", JsonNodeFactory.instance.objectNode().put("code", 190)), null, 0, 0);
        for (AttemptResult settlement : List.of(judge(settings, NOW, 429, null), judge(settings, NOW, badToken))) {
            assertThat(settlement.state()).isEqualTo("waiting");
            assertThat(settlement.retries()).as(settlement.outcome()).isZero();
        }
        assertThat(judge(settings, NOW, 500, null).retries()).isEqualTo(1);
        assertThat(judge(settings, NOW, 401, null).retries()).as("a proxy's").isEqualTo(1);
    }

    @Test
    void anUnknownOutcomeIsSentAgainOnlyIfTheSettingsSaySo() {
        GraphAnswer silence = new GraphAnswer(GraphAnswer.Reach.UNANSWERED, 0, MissingNode.getInstance(), null, 0, 0);
        assertThat(judge(settings, NOW, silence).state()).isEqualTo("unknown");
        assertThat(judge(settings(Map.of("clickthread.delivery.unknown", "resend")), NOW, silence).state())
                .isEqualTo("waiting");
        assertThat(judge(settings(Map.of("clickthread.delivery.unknown-of.purchase", "resend")), NOW, silence).state())
                .as("as an environment variable names it").isEqualTo("waiting");
        assertThat(judge(settings(Map.of("clickthread.delivery.unknown", "resend",
                "clickthread.delivery.unknown-of.Purchase", "hold")), NOW, silence).state()).isEqualTo("unknown");
    }

    private static AttemptResult judge(Settings settings, Instant eventTime, int status, Long retryAfter) {
        return judge(settings, eventTime, new GraphAnswer(GraphAnswer.Reach.ANSWERED, status,
                MissingNode.getInstance(), retryAfter, 0, 0));
    }

    private static AttemptResult judge(Settings settings, Instant eventTime, GraphAnswer answer) {
        Conversion conversion = new Conversion("id", "account", "conversation", "dataset", "waba", "click", "Purchase",
                "event", eventTime.getEpochSecond(), null, null, null, null, null, null, null, null, NOW, 1, 0, null);
        DeliveryBatch delivery = new DeliveryBatch(1, "active", false, Duration.ofSeconds(30).toNanos(), List.of(conversion));
        delivery.nextCall();
        return new ResponseEvaluator(new RetrySchedule(settings), new UnknownPolicy(settings), settings,
                Clock.fixed(NOW, ZoneOffset.UTC)).judge(delivery, answer).settlements().get(0);
    }

    private static Instant last(List<Instant> times) {
        return times.get(times.size() - 1);
    }

    private static Settings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("clickthread", Settings.class);
    }
}
