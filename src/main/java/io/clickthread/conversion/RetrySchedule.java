package io.clickthread.conversion;

import io.clickthread.system.Settings;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * When a conversion that Meta did not judge goes again: quick at first, then widening, with jitter so that what failed
 * together does not come back together.
 */
@Component
class RetrySchedule {

    private final List<Duration> delays;

    RetrySchedule(Settings settings) {
        this.delays = settings.delivery().retryDelays();
    }

    /**
     * The wait before the next attempt.
     *
     * @param attempt    how many were made, at least 1
     * @param retryAfter seconds that Meta asked for, or null
     * @param random     the jitter: the wait lies between half of the planned one and all of it
     * @return never less than what Meta asked for
     */
    Duration wait(int attempt, Long retryAfter, RandomGenerator random) {
        long planned = delays.get(Math.min(attempt, delays.size()) - 1).toMillis();
        Duration wait = Duration.ofMillis(planned / 2 + (long) (random.nextDouble() * (planned - planned / 2)));
        Duration asked = retryAfter == null ? Duration.ZERO : Duration.ofSeconds(Math.min(retryAfter, 86_400));
        return wait.compareTo(asked) > 0 ? wait : asked;
    }
}
