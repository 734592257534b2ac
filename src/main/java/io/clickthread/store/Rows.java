package io.clickthread.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Reads the columns of a row as {@code sql:} hands it on. */
public final class Rows {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Rows() {
    }

    /**
     * A text column.
     *
     * @param row    the row
     * @param column its name
     * @return the text, or null
     */
    public static String text(Map<String, Object> row, String column) {
        return (String) row.get(column);
    }

    /**
     * A whole number.
     *
     * @param row    the row
     * @param column its name
     * @return the number, or null
     */
    public static Integer number(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : ((Number) value).intValue();
    }

    /**
     * A point in time.
     *
     * @param row    the row
     * @param column its name
     * @return the instant, with microseconds, or null
     */
    public static Instant instant(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : ((Timestamp) value).toInstant();
    }

    /**
     * A point in time as JSON has it.
     *
     * @param row    the row
     * @param column its name
     * @return for example {@code 2026-04-27T09:18:44.991Z}, or null
     */
    public static String iso(Map<String, Object> row, String column) {
        Instant value = instant(row, column);
        return value == null ? null : ISO.format(value);
    }
}
