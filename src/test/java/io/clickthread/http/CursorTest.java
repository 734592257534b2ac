package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickthread.system.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** A cursor is what we handed out, and nothing else. */
class CursorTest {

    @Property(tries = 300)
    void whatWasHandedOutIsReadBack(@ForAll @LongRange(min = 0, max = 9_223_372_036_000_000L) long micros) {
        Cursor cursor = new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), Ids.next());

        assertThat(Cursor.of(cursor.toString())).isEqualTo(cursor);
        assertThat(cursor.toString()).matches("[A-Za-z0-9_-]+");
    }

    @Property(tries = 300)
    void anyOtherTextIsRefusedWith400(@ForAll String text) {
        assertRefused(text);
        assertRefused(encode(text));
        assertRefused(encode("1:" + text));
        assertRefused(encode(text + ":0123456789abcdef01234567x"));
    }

    @Test
    void timesThatNoDatabaseHoldsAreRefused() {
        for (String time : new String[] {"-1", "-9223372036854775808", "9223372036854775807", "253402300800000000",
            "99999999999999999999"}) {
            assertRefused(encode(time + ":0123456789abcdef01234567"));
        }
    }

    @Test
    void noCursorIsTheFirstPage() {
        assertThat(Cursor.of(null)).isNull();
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> Cursor.of(text)).isInstanceOfSatisfying(Problem.class,
                problem -> assertThat(problem.status()).isEqualTo(400));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
