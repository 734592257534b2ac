package io.clickthread.conversion;

import io.clickthread.store.SqlStates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Results that could not be written down, because the database was away or something failed here. What Meta answered is known here
 * and nowhere else; without it, the conversions would end as unknown. It is all in memory, so a kill makes them unknown after all.
 */
@Component("pendingResults")
public class PendingResults {

    private static final Logger LOG = LoggerFactory.getLogger(PendingResults.class);
    private static final int MOST = 1_000;

    private final ConcurrentLinkedQueue<AttemptResult> waiting = new ConcurrentLinkedQueue<>();

    /** Keeps what became of conversions with which their delivery does not go on. */
    void keep(List<AttemptResult> results) {
        waiting.addAll(results);
    }

    /**
     * The next of them. They stay here until they are {@link #written}.
     *
     * @return up to 1,000
     */
    public List<AttemptResult> next() {
        List<AttemptResult> next = new ArrayList<>();
        for (AttemptResult one : waiting) {
            if (next.size() == MOST) {
                break;
            }
            next.add(one);
        }
        return next;
    }

    /**
     * Their rows.
     *
     * @param results of {@link #next}
     * @return rows of {@code record-attempts.sql}
     */
    public List<AttemptRow> rows(List<AttemptResult> results) {
        return results.stream().map(AttemptRow::of).toList();
    }

    /**
     * Forgets what is written. One that the database refuses is written without Meta's words, in case it is they.
     *
     * @param results of {@link #next}
     * @param answers of {@code record-attempts.sql} for each of them, an exception if it was refused
     */
    public void written(List<AttemptResult> results, List<?> answers) {
        for (int i = 0; i < results.size(); i++) {
            waiting.remove(results.get(i));
            if (answers.get(i) instanceof RuntimeException refusal) {
                LOG.warn("A result was refused by the database: SQL state {}", SqlStates.of(refusal));
                waiting.add(results.get(i).withoutWords());
            }
        }
    }
}
