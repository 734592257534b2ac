package io.clickthread.conversion;

import io.clickthread.http.Problem;
import java.util.Map;

/**
 * How far one of many conversions has come.
 *
 * @param eventId    the caller's id of the event, or null if it has none that is a text
 * @param parameters of {@code accept-conversions.sql}; null if it was refused before
 * @param row        what the database answered; null before, and if it refused
 * @param problem    why it was refused, or null
 */
record BulkEntry(String eventId, Map<String, Object> parameters, Map<String, Object> row, Problem problem) {

    BulkEntry answered(Map<String, Object> answer) {
        return new BulkEntry(eventId, parameters, answer, null);
    }

    BulkEntry refused(Problem refusal) {
        return new BulkEntry(eventId, null, null, refusal);
    }

    @Override
    public String toString() {
        return "BulkEntry"; // it holds what is personal
    }
}
