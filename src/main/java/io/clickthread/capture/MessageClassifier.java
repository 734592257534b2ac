package io.clickthread.capture;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides which messages of a webhook are new. */
@Component("messageClassifier")
public class MessageClassifier {

    private static final String UNKNOWN = "It names a phone number id that no connected account has.";

    private final Channels channels;
    private final KnownContacts known;
    private final FieldSamples samples;

    MessageClassifier(Channels channels, KnownContacts known, FieldSamples samples) {
        this.channels = channels;
        this.known = known;
        this.samples = samples;
    }

    /**
     * Says of each message of a webhook whose it is, and whether it is new: an ad click or a new contact, and not an organic message
     * of a known contact. A message of a number that no account is connected for makes the webhook quarantined. So does what is not
     * read of Meta's, once for each name.
     *
     * @param webhook what came in
     * @return what to do with it
     */
    public IngestResult classify(InboundWebhook webhook) {
        List<Touchpoint> messages = new ArrayList<>();
        Map<String, Optional<Channel>> found = new HashMap<>(2);
        String reason = webhook.unreadable();
        for (InboundMessage message : webhook.messages()) {
            Channel channel = found.computeIfAbsent(message.channel(),
                    key -> Optional.ofNullable(channels.find(webhook.provider(), key))).orElse(null);
            if (channel == null) {
                reason = reason != null ? reason : UNKNOWN;
            } else if (message.named() != null && channels.isKnown(webhook.provider(), message.named())) {
                reason = reason != null ? reason : "One of its messages is for another channel, which has an address of its own.";
            } else {
                messages.add(Touchpoint.of(channel, webhook.provider(), message, isNew(channel.accountId(), message)));
            }
        }
        for (AutomaticEvent event : webhook.events()) {
            if (reason == null && channels.find(webhook.provider(), event.channel()) == null) {
                reason = UNKNOWN;
            }
        }
        if (reason != null || webhook.unreadFields().isEmpty()) {
            return new IngestResult(webhook, messages, List.of(), reason);
        }
        String sample = samples.choose(webhook.unreadFields());
        return new IngestResult(webhook, messages, List.of(), "Meta's field '" + sample + "' is not read; one sample is kept.", sample);
    }

    /** A suspicion counts for contacts who are new, which those here are not; a certain hint counts for all, once. */
    private boolean isNew(String accountId, InboundMessage message) {
        return message.referral() != null || message.moved() || !known.has(accountId, message.aliases())
                || message.hint() != null && !message.isSuspicion() && !known.isHinted(accountId, message.aliases());
    }
}
