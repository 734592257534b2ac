package io.clickthread.source;

/**
 * What a source brought at once: a record of a topic, a line of a file, the body of a webhook.
 *
 * @param source the source, for example {@code kafka}; it chooses the mapping in {@code routes/sources}
 * @param place  where in the source it stands, for a person, or null
 * @param raw    its exact bytes, kept sealed if it cannot be taken
 */
public record SourceMessage(String source, String place, byte[] raw) {
}
