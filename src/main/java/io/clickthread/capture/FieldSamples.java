package io.clickthread.capture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Of what Meta sends and nothing here reads, one webhook is kept for each name: enough to see what it holds, and not a copy
 * of everything. What is remembered here spares the database the question; that one sample stays one among several instances
 * is the database's promise. Names come from outside, so their number is bounded: more than 100 in an hour are not sampled.
 */
@Component("fieldSamples")
public class FieldSamples {

    private static final Duration MEMORY = Duration.ofHours(1); // after it, a sample that was replayed or removed is replaced
    private static final int MOST = 100;

    private final Cache<String, Boolean> kept = Caffeine.newBuilder().expireAfterWrite(MEMORY).build();

    /** Which of these names, at least one, a webhook is a sample of: one without a sample, if there is one. */
    String choose(Set<String> names) {
        return names.stream().filter(name -> kept.getIfPresent(name) == null).findFirst().orElseGet(() -> names.iterator().next());
    }

    /**
     * Whether a webhook is to be kept.
     *
     * @param result with a reason to keep it
     * @return false for a sample of which there is one, or of one name too many
     */
    public boolean isWanted(IngestResult result) {
        return result.sampleOf() == null || kept.getIfPresent(result.sampleOf()) == null && kept.estimatedSize() < MOST;
    }

    /**
     * Remembers that there is a sample.
     *
     * @param result that was kept
     */
    public void kept(IngestResult result) {
        if (result.sampleOf() != null) {
            kept.put(result.sampleOf(), true);
        }
    }
}
