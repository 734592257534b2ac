package io.clickthread.conversion;

import io.clickthread.system.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * When a conversion that Meta did not judge goes again: quick at first, then widening, with full jitter so that what failed
 * together does not come back together, and once more shortly before Meta refuses the event for its age.
 */
@Component
class RetrySchedule {

    private final List<Duration> delays;
    private final Duration lastTryAge;

    RetrySchedule(Settings settings) {
        this.delays = settings.delivery().retryDelays();
        this.lastTryAge = settings.conversions().maxAge().minus(settings.delivery().lastTry());
    }

    /**
     * The wait before the next attempt.
     *
     * @param retries    how often it failed, at least 1
     * @param retryAfter seconds that Meta asked for, or null
     * @param random     the jitter: the wait lies between nothing and the planned one
     * @return never less than what Meta asked for
     */
    Duration wait(int retries, Long retryAfter, RandomGenerator random) {
        long planned = delays.get(Math.min(retries, delays.size()) - 1).toMillis();
        Duration wait = Duration.ofMillis((long) (random.nextDouble() * planned));
        Duration asked = retryAfter == null ? Duration.ZERO : Duration.ofSeconds(Math.min(retryAfter, 86_400));
        return wait.compareTo(asked) > 0 ? wait : asked;
    }

    /**
     * The wait, cut to the last try that Meta still takes.
     *
     * @param now       the time
     * @param eventTime Unix seconds
     * @param wait      the planned wait
     * @return the wait; null if the last try is over
     */
    Duration untilNext(Instant now, long eventTime, Duration wait) {
        Duration untilLast = Duration.between(now, Instant.ofEpochSecond(eventTime).plus(lastTryAge));
        if (untilLast.isNegative() || untilLast.isZero()) {
            return null;
        }
        return wait.compareTo(untilLast) < 0 ? wait : untilLast;
    }
}
