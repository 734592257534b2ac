package io.clickthread.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.channel.ChannelTally.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a process has counted of channels, on its way to the database. */
class ChannelTallyTest {

    private Instant now = Instant.parse("2026-11-27T12:00:00Z");
    private final ChannelTally tally = new ChannelTally(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void aDaysNumberIsWrittenWholeAndOnlyWhenItChanged() {
        tally.add("meta", "k", Kind.MESSAGE, "", 2);
        Map<ChannelTally.Counted, Long> first = tally.due();
        tally.add("meta", "k", Kind.MESSAGE, "", 3);
        tally.written(first);

        assertThat(first.values()).containsExactly(2L);
        assertThat(tally.due().values()).as("the whole of it").containsExactly(5L);
        tally.written(tally.due());
        assertThat(tally.due()).isEmpty();
    }

    @Test
    void whatWasNotWrittenIsDueAgain() {
        tally.add("meta", "k", Kind.MESSAGE, "", 2);
        tally.due();

        assertThat(tally.due().values()).containsExactly(2L);
    }

    @Test
    void eachDayHasItsOwnNumberAndPastOnesAreForgottenOnceTheyAreWritten() {
        tally.add("meta", "k", Kind.MESSAGE, "", 2);
        now = now.plus(Duration.ofDays(3));
        tally.add("meta", "k", Kind.MESSAGE, "", 1);
        assertThat(tally.due().values()).containsExactlyInAnyOrder(2L, 1L);
        tally.written(tally.due());

        now = now.minus(Duration.ofDays(3));
        tally.add("meta", "k", Kind.MESSAGE, "", 7);
        assertThat(tally.due().values()).as("begun anew").containsExactly(7L);
    }

    @Test
    void reasonsBeyondTheFortiethAreOne() {
        for (int i = 0; i < 100; i++) {
            tally.add("meta", "k", Kind.UNREAD_FIELD, "field_" + i, 1);
        }
        tally.add("meta", "k", Kind.MESSAGE, "", 1);
        tally.add("meta", "other", Kind.UNREAD_FIELD, "field_99", 1);

        assertThat(tally.due()).hasSize(43);
        assertThat(tally.due().entrySet().stream().filter(entry -> entry.getKey().reason().equals("other"))
                .mapToLong(Map.Entry::getValue).sum()).isEqualTo(60);
    }
}
