package io.clickthread.conversion;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Outcomes that could not be written down because the database was away. What Meta answered is known here and nowhere
 * else; without it, the conversions would end as unknown. It is all in memory, so a kill makes them unknown after all.
 */
@Component
class LateOutcomes {

    private static final Logger LOG = LoggerFactory.getLogger(LateOutcomes.class);

    private final Queue<Settlement> waiting = new ConcurrentLinkedQueue<>();

    /** Keeps what a call brought. Who was to be sent again under its lease is left to the next sender. */
    void keep(Judgement judgement) {
        List<Settlement> late = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Settlement settlement : judgement.settlements()) {
            told.add(settlement.conversion().id());
            late.add(settlement.state().equals("sending") ? settlement.leftToOthers() : settlement);
        }
        judgement.delivery().left().stream().filter(one -> !told.contains(one.id()))
                .forEach(one -> late.add(Settlement.givenBack(one, "The database was away while its batch was sent.")));
        judgement.delivery().stop();
        waiting.addAll(late);
        LOG.warn("The database is away: the outcomes of {} conversions are written later", late.size());
    }

    /** Takes up to a thousand of them out. */
    List<Settlement> take() {
        List<Settlement> taken = new ArrayList<>();
        for (Settlement next = waiting.peek(); next != null && taken.size() < 1_000; next = waiting.peek()) {
            taken.add(waiting.poll());
        }
        return taken;
    }

    /** Puts back what could not be written now either. */
    void putBack(List<Settlement> settlements) {
        waiting.addAll(settlements);
    }
}
