package io.clickthread.capture;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides what of a webhook must be recorded. */
@Component("ingest")
public class Ingest {

    private static final String UNKNOWN = "It names a phone number id that no connected account has.";

    private final Channels channels;
    private final KnownContacts known;
    private final FieldSamples samples;

    Ingest(Channels channels, KnownContacts known, FieldSamples samples) {
        this.channels = channels;
        this.known = known;
        this.samples = samples;
    }

    /**
     * Sorts a webhook's messages: clicks and new contacts are recorded, organic messages of known contacts are dropped,
     * messages of numbers that no account is connected for make the webhook kept. So does what is not read of Meta's, once
     * for each name.
     *
     * @param webhook what came in
     * @return what to do with it
     */
    public Intake sort(InboundWebhook webhook) {
        List<Sighting> sightings = new ArrayList<>();
        Map<String, Optional<Channel>> found = new HashMap<>(2);
        String reason = webhook.unreadable();
        for (InboundMessage message : webhook.messages()) {
            Channel channel = found.computeIfAbsent(message.channel(),
                    key -> Optional.ofNullable(channels.find(webhook.provider(), key))).orElse(null);
            if (channel == null) {
                reason = reason != null ? reason : UNKNOWN;
            } else if (message.named() != null && channels.isKnown(webhook.provider(), message.named())) {
                reason = reason != null ? reason : "One of its messages is for another channel, which has an address of its own.";
            } else if (isNews(channel.accountId(), message)) {
                sightings.add(new Sighting(channel.accountId(), channel.id(), webhook.provider(), message));
            }
        }
        for (AutomaticEvent event : webhook.events()) {
            if (reason == null && channels.find(webhook.provider(), event.channel()) == null) {
                reason = UNKNOWN;
            }
        }
        if (reason != null || webhook.unreadFields().isEmpty()) {
            return new Intake(webhook, sightings, List.of(), reason);
        }
        String sample = samples.choose(webhook.unreadFields());
        return new Intake(webhook, sightings, List.of(), "Meta's field '" + sample + "' is not read; one sample is kept.", sample);
    }

    /** A suspicion counts for contacts who are new, which those here are not; a certain hint counts for all, once. */
    private boolean isNews(String accountId, InboundMessage message) {
        return message.referral() != null || message.moved() || !known.has(accountId, message.aliases())
                || message.hint() != null && !message.isSuspicion() && !known.isHinted(accountId, message.aliases());
    }
}
