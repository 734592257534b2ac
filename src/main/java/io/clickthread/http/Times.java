package io.clickthread.http;

import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Points in time as callers write them. */
public final class Times {

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Times() {
    }

    /**
     * Reads a time.
     *
     * @param name the parameter
     * @param text ISO 8601 with an offset, or Unix seconds; or null
     * @return the time, or null for null
     * @throws Problem 400 for anything else
     */
    public static Timestamp read(String name, String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time = text.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
            if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
                throw new DateTimeException("beyond what the database holds");
            }
            return Timestamp.from(time);
        } catch (DateTimeException e) {
            throw Problem.invalid("invalid_field_value", name,
                    "'" + name + "' must be a time such as 2026-11-22T09:00:00Z, or Unix seconds.");
        }
    }
}
