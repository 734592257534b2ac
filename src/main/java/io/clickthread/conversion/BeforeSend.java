package io.clickthread.conversion;

import io.clickthread.conversion.MetaPayload.Event;
import io.clickthread.custom.CustomRoutes;
import io.clickthread.http.Problem;
import io.clickthread.http.Problems;
import io.clickthread.system.Faults;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/** The route {@code before-send}, which may change what Meta is told of a conversion, or hold it. */
@Component
class BeforeSend {

    private static final String ROUTE = "before-send";

    private final CustomRoutes routes;
    private final RetrySchedule schedule;
    private final Clock clock;

    BeforeSend(CustomRoutes routes, RetrySchedule schedule, Clock clock) {
        this.routes = routes;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Whether there is such a route. */
    boolean isThere() {
        return routes.has(ROUTE);
    }

    /** The event as the route leaves it; fails if the route fails or leaves none. */
    Event event(Event event) throws Exception {
        Object left = routes.ask(ROUTE, event);
        if (left instanceof Event changed) {
            return changed;
        }
        throw new IllegalStateException("The route left no event");
    }

    /** A conversion that the route failed for waits as one that Meta failed, until the route takes it or it is too old. */
    AttemptResult held(Conversion conversion, Exception failure) {
        Problem rule = Problems.in(failure);
        String reason = "The route before-send holds it: "
                + (rule == null ? "it failed with " + Faults.name(failure) + "; the log has the details." : rule.body().error());
        int retries = conversion.retries() + 1;
        Duration wait = schedule.untilNext(clock.instant(), conversion.eventTime(),
                schedule.wait(retries, null, ThreadLocalRandom.current()));
        return wait == null
                ? AttemptResult.held(conversion, "expired", null, reason + " Meta would refuse it from now on, because it is too old.", retries)
                : AttemptResult.held(conversion, "waiting", wait.toMillis(), reason, retries);
    }
}
