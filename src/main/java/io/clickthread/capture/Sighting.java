package io.clickthread.capture;

/**
 * A message that must be recorded: it brings a click, or a contact that is not known yet.
 *
 * @param accountId the connected account it was sent to
 * @param channelId the channel that it came by
 * @param provider  who sent it
 * @param message   the message
 */
public record Sighting(String accountId, String channelId, String provider, InboundMessage message) {

    @Override
    public String toString() {
        return "Sighting[" + accountId + ", " + channelId + "]"; // the rest is a person's
    }
}
