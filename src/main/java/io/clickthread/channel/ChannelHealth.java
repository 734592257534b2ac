package io.clickthread.channel;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * When each channel was heard of last. It is noted in memory, which costs a webhook nothing, and written every few
 * seconds; what a crash loses is a few seconds of it.
 */
@Component("channelHealth")
public class ChannelHealth {

    private final Map<String, Note> notes = new ConcurrentHashMap<>();
    private final Clock clock;

    ChannelHealth(Clock clock) {
        this.clock = clock;
    }

    void received(Channel channel) {
        notes.merge(channel.id(), new Note(clock.instant(), null, null), Note::with);
    }

    void refused(Channel channel, String why) {
        notes.merge(channel.id(), new Note(null, clock.instant(), why), Note::with);
    }

    /** What was noted since the last call: by channel id. */
    Map<String, Note> take() {
        Map<String, Note> taken = new HashMap<>();
        for (String id : notes.keySet()) {
            notes.computeIfPresent(id, (key, note) -> {
                taken.put(key, note);
                return null;
            });
        }
        return taken;
    }

    /** The last good webhook and the last refused one; null for none. */
    record Note(Instant received, Instant refused, String why) {

        Note with(Note later) {
            return new Note(later.received != null ? later.received : received,
                    later.refused != null ? later.refused : refused, later.refused != null ? later.why : why);
        }
    }
}
