package io.clickthread.conversion;

/**
 * A conversion that is durable.
 *
 * @param conversion the conversion
 * @param state      {@code sending} if it is to be sent now, {@code pending} or {@code parked}
 * @param reason     why it is not sent now, in a sentence
 * @param delivery   how to send it now; null if it is left to the background
 */
public record Accepted(Conversion conversion, String state, String reason, Delivery delivery) {
}
