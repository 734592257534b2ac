package io.clickthread.webhook;

import io.clickthread.store.SqlStates;
import java.util.Map;

/** What a fault in one of many means for the others: nothing, unless the database is away. */
final class Failures {

    private Failures() {
    }

    static ReplayRound.Outcome outcome(Throwable failure, ReplayRound round, Map<String, Object> change) {
        if (failure instanceof RuntimeException fault && SqlStates.isAway(fault)) {
            round.stop(fault);
        }
        return new ReplayRound.Outcome(false, true, 0, change);
    }

    /** What it is called: its message may quote what somebody wrote. */
    static String name(Throwable failure) {
        return failure.getClass().getSimpleName() + ".";
    }
}
