package io.clickthread.conversion;

/**
 * A conversion that some source handed in is durable.
 *
 * @param conversionId its id; null for a repetition
 * @param repeated     whether the same dataset, event name and event id had been taken before
 */
public record Taken(String conversionId, boolean repeated) {
}
