package io.clickthread.conversion;

import io.clickthread.http.Problem;

/**
 * One of many conversions, as it was read.
 *
 * @param eventId    the caller's id of the event, or null if it has none that is a text
 * @param conversion the conversion to store; null if it was refused
 * @param problem    why it was refused, or null
 */
public record BulkEntry(String eventId, NewConversion conversion, Problem problem) {

    @Override
    public String toString() {
        return "BulkEntry"; // it holds what is personal
    }
}
