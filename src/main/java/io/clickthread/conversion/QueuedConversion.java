package io.clickthread.conversion;

import java.time.Duration;

/**
 * A conversion for the background that may wait for the click of its contact.
 *
 * @param fields        a map or JSON object with the fields of {@code POST /whatsapp/conversions}
 * @param waitForClick  for how long; null if it is to be refused without a click
 * @param timeOfMessage whether its time is that of a message that may come again with another, so that it does not tell
 *                      one event from another
 */
public record QueuedConversion(Object fields, Duration waitForClick, boolean timeOfMessage) {

    @Override
    public String toString() {
        return "Queued"; // it holds what is personal
    }
}
