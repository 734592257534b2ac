package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.AutomaticEvent;
import io.clickthread.capture.Handover;
import io.clickthread.capture.InboundMessage;
import io.clickthread.capture.InboundWebhook;
import io.clickthread.channel.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an adapter has understood of a webhook so far. */
final class ParsedWebhook {

    private final Channel channel;
    private final boolean mayTellOfAnAd;
    private final List<InboundMessage> messages = new ArrayList<>();
    private final List<AutomaticEvent> events = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final Set<String> channels = new LinkedHashSet<>();
    private final Set<String> unreadFields = new LinkedHashSet<>();
    private final Map<String, Integer> passedOver = new TreeMap<>();
    private final ReadParts parts = new ReadParts();
    private String unreadable;

    /**
     * Begins.
     *
     * @param channel       null for a webhook that names its channels itself
     * @param mayTellOfAnAd whether its bytes have traces of an ad, see {@link AdTraces}
     */
    ParsedWebhook(Channel channel, boolean mayTellOfAnAd) {
        this.channel = channel;
        this.mayTellOfAnAd = mayTellOfAnAd;
    }

    /** The channel it came by; null for a webhook that names its channels itself. */
    Channel channel() {
        return channel;
    }

    /** Whether it is worth looking for an ad in it: most webhooks have no trace of one. */
    boolean mayTellOfAnAd() {
        return mayTellOfAnAd;
    }

    /** Notes why something could not be read; the first reason counts. */
    void unreadable(String why) {
        unreadable = unreadable == null ? why : unreadable;
    }

    /** Whether all of it could be read so far. */
    boolean isReadable() {
        return unreadable == null;
    }

    /** Notes that a part of the webhook is deliberately not used, and why: once for each part. */
    void passOver(PassedOver reason) {
        passedOver.merge(reason.reason(), 1, Integer::sum);
    }

    /** Notes the same of a part of the tree that was read: whatever it says about an ad is no news either. */
    void passOver(PassedOver reason, JsonNode part) {
        passOver(reason);
        parts.passOver(part);
    }

    /** Which parts of the tree were read or passed over. */
    ReadParts parts() {
        return parts;
    }

    /** Notes an event of Meta's. */
    void event(AutomaticEvent event) {
        events.add(event);
    }

    /** Notes a change of who controls a conversation. */
    void handover(Handover handover) {
        handovers.add(handover);
    }

    /** Notes that the webhook is for this channel, whatever it says; null adds nothing. */
    void isFor(String key) {
        if (key != null) {
            channels.add(key);
        }
    }

    /** Notes what is in the webhook and not read here. */
    void unreadField(String name) {
        unreadFields.add(name);
    }

    /** Whether an event of Meta's has this click id. */
    boolean isOfEvent(String clickId) {
        return events.stream().anyMatch(event -> clickId != null && clickId.equals(event.clickId()));
    }

    /** Begins a message of the channel that the webhook came by. */
    MessageDraft message() {
        return messageOf(channel.key());
    }

    /** Begins a message of a channel that the webhook names. */
    MessageDraft messageOf(String key) {
        return new MessageDraft(key, this);
    }

    void add(InboundMessage message) {
        messages.add(message);
    }

    InboundWebhook close(String provider, byte[] raw) {
        return new InboundWebhook(provider, channel == null ? null : channel.key(), raw, messages, events, handovers,
                channel == null ? channels : Set.of(channel.key()), unreadFields, unreadable, passedOver);
    }
}
