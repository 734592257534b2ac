package io.clickthread.conversion;

import java.util.HashMap;
import java.util.Map;

/**
 * What an attempt brought.
 *
 * @param conversion     which conversion
 * @param state          the state it is in now
 * @param dueInMillis    the wait before the next attempt, or null
 * @param reason         why it stands as it does
 * @param verdict        how Meta's answer was read
 * @param httpStatus     or null without an answer
 * @param code           Meta's error code, or null
 * @param subcode        Meta's error subcode, or null
 * @param message        Meta's words, or null
 * @param eventsReceived what Meta counted; null while Meta has not judged
 * @param traceId        Meta's trace id, or null
 * @param startedAt      Unix milliseconds
 * @param durationMillis how long the call took
 */
record Settlement(Conversion conversion, String state, Long dueInMillis, String reason, Verdict verdict,
                  Integer httpStatus, Integer code, Integer subcode, String message, Integer eventsReceived,
                  String traceId, long startedAt, int durationMillis) {

    /** The parameters of {@code settle-conversions.sql}. */
    Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        row.put("id", conversion.id());
        row.put("attempt", conversion.attempt());
        row.put("state", state);
        row.put("dueInMillis", dueInMillis);
        row.put("reason", reason);
        row.put("outcome", verdict.name().toLowerCase(java.util.Locale.ROOT));
        row.put("httpStatus", httpStatus);
        row.put("code", code);
        row.put("subcode", subcode);
        row.put("message", message);
        row.put("eventsReceived", eventsReceived);
        row.put("eventsFailed", eventsReceived == null ? null : 1 - eventsReceived);
        boolean failed = verdict == Verdict.REJECTED;
        row.put("failureCode", failed ? failureCode() : null);
        row.put("failureMessage", failed ? message : null);
        row.put("traceId", traceId);
        row.put("startedAtMillis", startedAt);
        row.put("durationMillis", durationMillis);
        return row;
    }

    /** The number that tells most: Meta's subcode, else its code. */
    String failureCode() {
        return subcode != null ? subcode.toString() : code != null ? code.toString() : null;
    }
}
