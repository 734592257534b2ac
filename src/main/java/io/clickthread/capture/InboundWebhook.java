package io.clickthread.capture;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A webhook with a valid signature, read.
 *
 * @param provider   who sent it, for example {@code meta}
 * @param channel    the key of the channel it came by; null if the webhook itself names its channels, as Meta's does
 * @param raw        its exact bytes, to be kept if some of it cannot be used
 * @param messages   what could be read
 * @param events     Meta's own events in it
 * @param handovers  changes of who controls a conversation
 * @param channels   the keys of all channels that it is for, whatever it says about them
 * @param unreadFields what of Meta's nothing here reads, by its name: a field, or a list inside a field
 * @param unreadable why some of it, or all, could not be read; null if everything could
 * @param passedOver how many of its parts were deliberately not used, by reason (for example {@code own_message}); the
 *                   reasons are few and fixed, so that they can name a metric's series; empty if there were none
 */
public record InboundWebhook(String provider, String channel, byte[] raw, List<InboundMessage> messages,
                             List<AutomaticEvent> events, List<Handover> handovers, Set<String> channels,
                             Set<String> unreadFields, String unreadable, Map<String, Integer> passedOver) {

    /**
     * A webhook of which nothing was passed over.
     *
     * @param provider   who sent it
     * @param channel    the key of its channel, or null
     * @param raw        its exact bytes
     * @param messages   what could be read
     * @param events     Meta's own events in it
     * @param unreadable why some of it could not be read, or null
     */
    public InboundWebhook(String provider, String channel, byte[] raw, List<InboundMessage> messages,
                          List<AutomaticEvent> events, String unreadable) {
        this(provider, channel, raw, messages, events, List.of(), channel == null ? Set.of() : Set.of(channel), Set.of(),
                unreadable, Map.of());
    }

    @Override
    public String toString() {
        return "InboundWebhook[" + provider + ", " + raw.length + " bytes]"; // the rest is a person's
    }
}
