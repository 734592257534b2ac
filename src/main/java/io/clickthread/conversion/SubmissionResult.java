package io.clickthread.conversion;

/**
 * A conversion that some source handed in is durable.
 *
 * @param conversionId its id; of a repetition that of the one before, null if nothing is stored of that yet
 * @param repeated     whether the same dataset, event name and event id had been taken before, with the same contents
 * @param status       of a repetition the API's word for the state of the one before; else null
 */
public record SubmissionResult(String conversionId, boolean repeated, String status) {
}
