package io.clickthread.channel;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What this process has counted of channels, a number a day. A day's numbers only grow and are written whole, so that writing
 * them twice counts nothing twice. A crash loses what was counted since it was written last, a few seconds.
 */
public final class ChannelTally {

    /** What is counted. */
    public enum Kind {
        /** A message that was read. */
        MESSAGE,
        /** Something that was read and of which nothing had to be recorded. */
        WITHOUT_NEWS,
        /** A webhook that was kept whole. */
        QUARANTINED,
        /** Something of Meta's that nothing reads. */
        UNREAD_FIELD
    }

    /** Reasons are few; names from outside may be many, and beyond so many of a kind in a channel and day they are one. */
    private static final int MOST_REASONS = 40;
    private static final String OTHER = "other";

    private final Map<Counted, Long> counts = new ConcurrentHashMap<>();
    private final Map<Counted, Long> written = new ConcurrentHashMap<>();
    private final Clock clock;

    ChannelTally(Clock clock) {
        this.clock = clock;
    }

    void add(String provider, String key, Kind kind, String reason, long count) {
        Counted counted = new Counted(provider, key, today(), kind, reason);
        counts.merge(counts.containsKey(counted) || hasRoom(counted) ? counted : counted.as(OTHER), count, Long::sum);
    }

    private boolean hasRoom(Counted counted) {
        return counts.keySet().stream().filter(counted::isBeside).limit(MOST_REASONS).count() < MOST_REASONS;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** What has changed since it was written. */
    Map<Counted, Long> due() {
        Map<Counted, Long> due = new HashMap<>(counts);
        due.entrySet().removeIf(entry -> entry.getValue().equals(written.get(entry.getKey())));
        return due;
    }

    /** Takes note that these numbers are stored; those of past days are then forgotten. */
    void written(Map<Counted, Long> batch) {
        written.putAll(batch);
        LocalDate yesterday = today().minusDays(1);
        counts.entrySet().removeIf(entry -> entry.getKey().day.isBefore(yesterday)
                && entry.getValue().equals(written.get(entry.getKey())));
        written.keySet().removeIf(counted -> counted.day.isBefore(yesterday));
    }

    /** The parameters of {@code write-channel-counts.sql}, in an order that does not depend on this process. */
    static Map<String, Object> parameters(Map<Counted, Long> batch, String writer) {
        List<Counted> all = new ArrayList<>(batch.keySet());
        all.sort(Comparator.comparing(Counted::toString));
        Function<Function<Counted, String>, String[]> texts = field -> all.stream().map(field).toArray(String[]::new);
        return Map.of("providers", texts.apply(Counted::provider), "keys", texts.apply(Counted::key),
                "days", texts.apply(counted -> counted.day.toString()),
                "kinds", texts.apply(counted -> counted.kind.name().toLowerCase(Locale.ROOT)),
                "reasons", texts.apply(Counted::reason),
                "counts", all.stream().mapToLong(batch::get).toArray(), "writer", writer);
    }

    /** One number. */
    record Counted(String provider, String key, LocalDate day, Kind kind, String reason) {

        private Counted as(String other) {
            return new Counted(provider, key, day, kind, other);
        }

        private boolean isBeside(Counted other) {
            return other.kind == kind && other.key.equals(key) && other.provider.equals(provider) && other.day.equals(day);
        }
    }
}
