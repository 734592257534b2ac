package io.clickthread.conversion;

import io.clickthread.store.GroupedStatement;
import io.clickthread.store.GroupedStatements;
import io.clickthread.store.SqlStates;
import io.clickthread.system.Faults;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Claims that this process may have made and of which it knows that nothing was sent. Left alone, their conversions would end
 * as unknown when the lease runs out. A statement whose connection was lost may commit later than it was looked for, so a
 * claim that is not found is looked for again, for a while and at growing intervals. It is all in memory, so a kill makes
 * them unknown after all.
 */
@Component("unsentConversions")
public class UnsentConversions {

    /** A commit that hangs longer, behind a dead standby perhaps, leaves an unknown conversion. */
    private static final Duration LATEST_COMMIT = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(UnsentConversions.class);

    private record Look(long since, long next, long pause) {
    }

    private final Map<String, Look> claims = new ConcurrentHashMap<>();
    private final GroupedStatement release;

    UnsentConversions(GroupedStatements statements) {
        this.release = statements.through("direct:release-claims", 1, "id");
    }

    /**
     * Gives a claim back now.
     *
     * @param claim an id of {@link DueConversions#next}, or that of a conversion whose request claims it
     * @return whether there was something to give back
     * @throws RuntimeException if the database does not say
     */
    boolean release(String claim) {
        return release.run(Map.of("id", claim)) != null;
    }

    /** Gives a claim back as soon as it is there. */
    void later(String claim) {
        claims.putIfAbsent(claim, new Look(System.nanoTime(), System.nanoTime(), Duration.ofMillis(250).toNanos()));
    }

    /**
     * A sender failed. Unless the delivery of its claim has begun, and looks after its conversions itself, they are given back.
     *
     * @param failure  what failed
     * @param claim    the parameters of {@code claim-conversions.sql}; null if nothing was claimed
     * @param delivery the last delivery that began on this sender, or null
     */
    public void failed(Exception failure, Map<String, Object> claim, DeliveryBatch delivery) {
        String name = claim == null ? null : (String) claim.get("claim");
        if (name != null && !SqlStates.isUndone(failure)
                && !(delivery != null && delivery.isBegun() && name.equals(delivery.claim()))) {
            later(name);
        }
        LOG.warn("A sender failed, next round in a moment: {}",
                SqlStates.of(failure).isEmpty() ? Faults.trace(failure) : Faults.name(failure));
    }

    /** Looks for the claims whose turn it is. */
    public void releaseLate() {
        long now = System.nanoTime();
        List<String> due = claims.entrySet().stream().filter(entry -> entry.getValue().next() - now <= 0)
                .map(Map.Entry::getKey).limit(1_000).toList();
        if (due.isEmpty()) {
            return;
        }
        Map<Object, Map<String, Object>> found =
                new HashMap<>(release.runAll(due.stream().map(claim -> Map.<String, Object>of("id", claim)).toList()));
        for (String claim : due) {
            Look look = claims.get(claim);
            long pause = Math.min(2 * look.pause(), LONGEST_PAUSE.toNanos());
            if (found.containsKey(claim) || now - look.since() > LATEST_COMMIT.toNanos()) {
                claims.remove(claim);
            } else {
                claims.put(claim, new Look(look.since(), now + pause, pause));
            }
        }
    }
}
