package io.clickthread.conversion;

import io.clickthread.http.Problem;
import java.util.List;

/**
 * What became of one of many conversions.
 *
 * @param eventId      the caller's id of the event, or null if it has none that is a text
 * @param outcome      whether it was taken
 * @param conversionId its id, or that of the first one with this event; null if it was refused
 * @param status       the API's word for the state of the first one, if this is a repetition; else null
 * @param problem      why it was refused, or null
 * @param ignored      the names of its fields that were not read, as {@link io.clickthread.http.IgnoredFields} tells them
 */
public record BulkResult(String eventId, Outcome outcome, String conversionId, String status, Problem problem,
                         List<String> ignored) {

    /** Whether a conversion was taken. */
    public enum Outcome {
        /** It is durable and sent in the background. */
        QUEUED,
        /** The same dataset, event name and event id had been taken before, with the same contents. */
        REPEATED,
        /** It was not stored. */
        REFUSED
    }

    @Override
    public String toString() {
        return "BulkResult[" + outcome + " " + conversionId + "]"; // the rest is a person's
    }
}
