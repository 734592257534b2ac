package io.clickthread.http;

import io.clickthread.system.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Where a page of a list ended: the time and the id of its last row. The next page begins behind that row, wherever new
 * rows have arrived since.
 *
 * @param time the row's time, to the microsecond
 * @param id   the row's id
 */
public record Cursor(Instant time, String id) {

    private static final long LAST = 9_223_372_036_000_000L; // the year 2262; of later times the nanoseconds overflow

    /**
     * Reads a cursor that a client sends back.
     *
     * @param text what {@link #toString} made, or null
     * @return the cursor, or null for null
     * @throws Problem 400 for any other text
     */
    public static Cursor of(String text) {
        if (text == null) {
            return null;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            int colon = plain.indexOf(':');
            String id = plain.substring(colon + 1);
            long micros = Long.parseLong(plain.substring(0, colon));
            if (!Ids.isId(id) || micros < 0 || micros > LAST) {
                throw new IllegalArgumentException("not an id or not a time");
            }
            return new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), id);
        } catch (RuntimeException e) {
            throw Problem.invalid("invalid_field_value", "cursor",
                    "The cursor is not one that this API handed out; begin again without it.");
        }
    }

    @Override
    public String toString() {
        String plain = ChronoUnit.MICROS.between(Instant.EPOCH, time) + ":" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }
}
