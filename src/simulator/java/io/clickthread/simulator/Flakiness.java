package io.clickthread.simulator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events that fail at first: with an {@code event_id} of {@code flaky-2-…} the first two calls for it do, the third is
 * taken. Counts the last 10,000 such ids, in memory.
 */
final class Flakiness {

    private static final Pattern ID = Pattern.compile("flaky-(\\d{1,3})-.+", Pattern.DOTALL);

    private final Cache<String, AtomicInteger> calls = Caffeine.newBuilder().maximumSize(10_000).build();

    /**
     * Counts a call.
     *
     * @param key     whose calls are counted together
     * @param eventId the event's id
     * @return true if this call fails
     */
    boolean fails(String key, String eventId) {
        Matcher matcher = ID.matcher(eventId);
        return matcher.matches() && calls.get(key + " " + eventId, id -> new AtomicInteger()).incrementAndGet()
                <= Integer.parseInt(matcher.group(1));
    }
}
