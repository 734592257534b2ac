package io.clickthread.capture;

import java.util.List;

/**
 * A webhook on its way through the route {@code capture-clicks}.
 *
 * @param webhook          what came in
 * @param messages         those of its messages that an account is connected for, whether new or not
 * @param clicks           the clicks that were new, once stored
 * @param quarantineReason why the webhook must be kept whole, or null
 * @param sampleOf         what of Meta's it is kept as the one sample of; null if it is kept for another reason, or not at all
 */
public record IngestResult(InboundWebhook webhook, List<Touchpoint> messages, List<CapturedClick> clicks, String quarantineReason,
                     String sampleOf) {

    /**
     * What is to be done with a webhook.
     *
     * @param webhook   what came in
     * @param messages  those of its messages that an account is connected for
     * @param clicks    the clicks that were new
     * @param reason    why it must be kept whole, or null
     */
    public IngestResult(InboundWebhook webhook, List<Touchpoint> messages, List<CapturedClick> clicks, String reason) {
        this(webhook, messages, clicks, reason, null);
    }

    /** Whether any of its messages is new. */
    public boolean isNew() {
        for (Touchpoint message : messages) {
            if (message.isNew()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The same once its messages are stored.
     *
     * @param clicks    the clicks that were new
     * @param isRefused whether the database refused one of the messages
     */
    IngestResult stored(List<CapturedClick> clicks, boolean isRefused) {
        boolean isReason = isRefused && (quarantineReason == null || sampleOf != null);
        return new IngestResult(webhook, messages, clicks, isReason ? "The database refused some of its values." : quarantineReason,
                isReason ? null : sampleOf);
    }

    /** Whether Meta has told of events of its own. */
    public boolean hasEvents() {
        return !webhook.events().isEmpty();
    }

    /** Whether Meta has told of a change of control. */
    public boolean hasHandovers() {
        return !webhook.handovers().isEmpty();
    }

    /** Whether the webhook must be kept whole. */
    public boolean isQuarantined() {
        return quarantineReason != null;
    }

    @Override
    public String toString() {
        return "IngestResult[" + messages.size() + " messages, " + clicks.size() + " clicks]"; // the rest is a person's
    }
}
