package io.clickthread.conversion;

import io.clickthread.store.StatementRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private record Look(long since, long next, long pause) {
    }

    private final Map<String, Look> claims = new ConcurrentHashMap<>();
    private final StatementRunner statements;

    UnsentConversions(StatementRunner statements) {
        this.statements = statements;
    }

    /**
     * Gives a claim back now.
     *
     * @param claim an id of {@link DueConversions#claim}, or that of a conversion whose request claims it
     * @return whether there was something to give back
     * @throws RuntimeException if the database does not say
     */
    boolean release(String claim) {
        return statements.run("release-claims", List.of(Map.of("id", claim))).get(0) != null;
    }

    /** Gives a claim back as soon as it is there. */
    void later(String claim) {
        claims.putIfAbsent(claim, new Look(System.nanoTime(), System.nanoTime(), Duration.ofMillis(250).toNanos()));
    }

    /**
     * The claims that are to be looked for now.
     *
     * @return rows of {@code release-claims.sql}, at most 1,000
     */
    public List<Map<String, Object>> due() {
        long now = System.nanoTime();
        return claims.entrySet().stream().filter(entry -> entry.getValue().next() - now <= 0).limit(1_000)
                .map(entry -> Map.<String, Object>of("id", entry.getKey())).toList();
    }

    /**
     * Forgets the claims that were found, and those that can hardly be committed any more.
     *
     * @param rows    of {@link #due}
     * @param answers of {@code release-claims.sql} for each of them, null for one that is not there
     */
    public void released(List<Map<String, Object>> rows, List<?> answers) {
        long now = System.nanoTime();
        for (int i = 0; i < rows.size(); i++) {
            String claim = (String) rows.get(i).get("id");
            Look look = claims.get(claim);
            long pause = Math.min(2 * look.pause(), LONGEST_PAUSE.toNanos());
            if (answers.get(i) != null || now - look.since() > LATEST_COMMIT.toNanos()) {
                claims.remove(claim);
            } else {
                claims.put(claim, new Look(look.since(), now + pause, pause));
            }
        }
    }
}
