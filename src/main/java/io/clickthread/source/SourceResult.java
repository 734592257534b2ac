package io.clickthread.source;

/**
 * What became of a message.
 *
 * @param message  the message
 * @param taken    how many conversions of it are durable now
 * @param repeated how many of these had been taken before
 * @param refusal  why the message, or a part of it, was refused, in a sentence; null if nothing was
 */
public record SourceResult(SourceMessage message, int taken, int repeated, String refusal) {

    /** Whether something of it was refused. */
    public boolean isRefused() {
        return refusal != null;
    }

    @Override
    public String toString() {
        return "SourceResult[" + taken + " taken, " + repeated + " repeated]"; // the rest is a person's
    }
}
