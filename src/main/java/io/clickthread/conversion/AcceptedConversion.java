package io.clickthread.conversion;

/**
 * A conversion that is durable.
 *
 * @param conversion the conversion; null for a repetition
 * @param state      {@code sending} if it is to be sent now, {@code pending} or {@code parked}
 * @param reason     why it is not sent now, in a sentence
 * @param delivery   how to send it now; null if it is left to the background
 * @param repetition what was taken before, with the same contents; null if this one was taken now
 */
public record AcceptedConversion(Conversion conversion, String state, String reason, DeliveryBatch delivery, Repetition repetition) {

    /** Whether it was accepted before. Not isRepetition, which Camel takes for repetition, too. */
    public boolean wasAcceptedBefore() {
        return repetition != null;
    }

    @Override
    public String toString() {
        return "AcceptedConversion[" + conversion + " " + state + "]"; // the rest is a person's
    }
}
