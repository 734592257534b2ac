package io.clickthread.conversion;

import io.clickthread.system.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Outcomes that could not be written down, because the database was away or something failed here. What Meta answered is known here and nowhere
 * else; without it, the conversions would end as unknown. It is all in memory, so a kill makes them unknown after all.
 */
@Component
class PendingResults {

    private static final Logger LOG = LoggerFactory.getLogger(PendingResults.class);

    private final Queue<AttemptResult> waiting = new ConcurrentLinkedQueue<>();

    /** Keeps what a call brought, of a delivery that makes no further one. */
    void keep(List<AttemptResult> settlements, RuntimeException why) {
        waiting.addAll(settlements);
        LOG.warn("The outcomes of {} conversions are written later: {}", settlements.size(), Faults.name(why));
    }

    /** Takes up to a thousand of them out. */
    List<AttemptResult> take() {
        List<AttemptResult> taken = new ArrayList<>();
        for (AttemptResult next = waiting.peek(); next != null && taken.size() < 1_000; next = waiting.peek()) {
            taken.add(waiting.poll());
        }
        return taken;
    }

    /** Puts back what could not be written now either. */
    void putBack(List<AttemptResult> settlements) {
        waiting.addAll(settlements);
    }
}
