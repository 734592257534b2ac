package io.clickthread.capture;

import java.util.List;

/**
 * A webhook with a valid signature, read.
 *
 * @param provider   who sent it, for example {@code meta}
 * @param channel    the key of the channel it came by; null if the webhook itself names its channels, as Meta's does
 * @param raw        its exact bytes, to be kept if some of it cannot be used
 * @param messages   what could be read
 * @param events     Meta's own events in it
 * @param unreadable why some of it, or all, could not be read; null if everything could
 */
public record InboundWebhook(String provider, String channel, byte[] raw, List<InboundMessage> messages,
                             List<AutomaticEvent> events, String unreadable) {
}
