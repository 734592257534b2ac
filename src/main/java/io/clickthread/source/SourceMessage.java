package io.clickthread.source;

/**
 * What a source brought at once: a record of a topic, a line of a file, the body of a webhook.
 *
 * @param source the source, for example {@code kafka}; it chooses the mapping in {@code routes/sources}
 * @param place  where in the source it stands, for a person, or null
 * @param raw    its exact bytes, kept sealed if it cannot be taken; null for a ping, by which a sender only tries the address
 */
public record SourceMessage(String source, String place, byte[] raw) {

    /** Whether there is nothing to be taken. */
    public boolean isPing() {
        return raw == null;
    }

    @Override
    public String toString() {
        return "SourceMessage[" + source + ", " + raw.length + " bytes]"; // the rest is a person's
    }
}
