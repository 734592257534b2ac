package io.clickthread.channel;

import io.clickthread.system.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * When each channel was heard of last, and what it brought. It is noted in memory, which costs a webhook nothing, and written
 * every few seconds; what a crash loses is a few seconds of it. Webhooks are counted here, too, for
 * {@code /actuator/prometheus}.
 */
@Component("channelHealth")
public class ChannelHealth {

    private static final String COUNTER = "clickthread.webhooks";

    private final Map<Address, Note> notes = new ConcurrentHashMap<>();
    private final Clock clock;
    private final MeterRegistry meters;
    private final ChannelTally tally;
    private final String writer = Ids.next();
    private final Channels channels;
    private volatile Note metaRefusal = new Note(null, null, null);

    ChannelHealth(Clock clock, MeterRegistry meters, Channels channels) {
        this.clock = clock;
        this.meters = meters;
        this.channels = channels;
        this.tally = new ChannelTally(clock);
    }

    /**
     * Counts a webhook.
     *
     * @param provider who sent it
     * @param outcome  {@code received}, {@code refused}, or {@code kept}, which is counted as received before
     */
    public void count(String provider, String outcome) {
        meters.counter(COUNTER, "provider", provider, "outcome", outcome).increment();
    }

    /**
     * Counts something of a channel, for its health of 30 days. A channel that does not exist has none.
     *
     * @param provider its provider
     * @param key      its key
     * @param kind     what is counted
     * @param reason   why, or which; empty where there is only one
     * @param count    how many; nothing is counted if it is not above 0
     */
    public void tally(String provider, String key, ChannelTally.Kind kind, String reason, long count) {
        if (count > 0 && channels.isKnown(provider, key)) {
            tally.add(provider, key, kind, reason, count);
        }
    }

    /**
     * Notes that a channel's webhook was authenticated. A channel that does not exist is forgotten when notes are written.
     *
     * @param provider its provider
     * @param key      its key
     */
    public void received(String provider, String key) {
        notes.merge(new Address(provider, key), new Note(clock.instant(), null, null), Note::with);
    }

    /**
     * Notes that a webhook was refused at the address that all of Meta's channels share. Which of them it was for is not
     * read, so all of them show it; it is not written, so that nobody without a secret can make anything be written there.
     *
     * @param why a sentence
     */
    public void refusedMeta(String why) {
        metaRefusal = new Note(null, clock.instant(), why);
    }

    void refused(Channel channel, String why) {
        notes.merge(new Address(channel.provider().provider(), channel.key()), new Note(null, clock.instant(), why), Note::with);
    }

    /** The last refusal at the address that Meta's channels share. */
    Note metaRefusal() {
        return metaRefusal;
    }

    /**
     * What is to be written.
     *
     * @return what was noted since it was written last, perhaps nothing
     */
    public Batch due() {
        return new Batch(new HashMap<>(notes), tally.due());
    }

    /**
     * Forgets what is written, unless there is something newer.
     *
     * @param batch what {@link #due} gave
     */
    public void written(Batch batch) {
        batch.notes.forEach(notes::remove);
    }

    /**
     * Takes note that counts are stored.
     *
     * @param batch what {@link #due} gave
     */
    public void counted(Batch batch) {
        tally.written(batch.counts);
    }

    /**
     * The parameters for a batch's counts.
     *
     * @param batch what {@link #due} gave
     * @return the parameters of {@code write-channel-counts.sql}
     */
    public Map<String, Object> counts(Batch batch) {
        return ChannelTally.parameters(batch.counts, writer);
    }

    /** Notes on their way to the database. */
    public static final class Batch {

        private final Map<Address, Note> notes;
        private final Map<ChannelTally.Counted, Long> counts;

        private Batch(Map<Address, Note> notes, Map<ChannelTally.Counted, Long> counts) {
            this.notes = notes;
            this.counts = counts;
        }

        /** Whether no channel was heard of. */
        public boolean isEmpty() {
            return notes.isEmpty();
        }

        /** Whether something was counted. */
        public boolean hasCounts() {
            return !counts.isEmpty();
        }

        /** The parameters of {@code write-channel-health.sql}. */
        public Map<String, Object> parameters() {
            List<Map.Entry<Address, Note>> all = new ArrayList<>(notes.entrySet());
            Function<Function<Map.Entry<Address, Note>, Object>, String[]> texts = field -> all.stream().map(field)
                    .map(value -> value == null ? null : value.toString()).toArray(String[]::new);
            return Map.of("providers", texts.apply(note -> note.getKey().provider()),
                    "keys", texts.apply(note -> note.getKey().key()),
                    "received", texts.apply(note -> note.getValue().received()),
                    "refused", texts.apply(note -> note.getValue().refused()),
                    "reasons", texts.apply(note -> note.getValue().why()));
        }
    }

    /** Where a provider's webhooks for a channel go. */
    private record Address(String provider, String key) {
    }

    /** The last good webhook and the last refused one; null for none. */
    record Note(Instant received, Instant refused, String why) {

        Note with(Note later) {
            return new Note(later.received != null ? later.received : received,
                    later.refused != null ? later.refused : refused, later.refused != null ? later.why : why);
        }
    }
}
