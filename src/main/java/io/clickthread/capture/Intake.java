package io.clickthread.capture;

import java.util.List;

/**
 * A webhook on its way through the route {@code ingest}.
 *
 * @param webhook          what came in
 * @param sightings        what of it must be recorded
 * @param clicks           the clicks that were new, once recorded
 * @param quarantineReason why the webhook must be kept whole, or null
 * @param sampleOf         what of Meta's it is kept as the one sample of; null if it is kept for another reason, or not at all
 */
public record Intake(InboundWebhook webhook, List<Sighting> sightings, List<CapturedClick> clicks, String quarantineReason,
                     String sampleOf) {

    /**
     * What is to be done with a webhook.
     *
     * @param webhook   what came in
     * @param sightings what of it must be recorded
     * @param clicks    the clicks that were new
     * @param reason    why it must be kept whole, or null
     */
    public Intake(InboundWebhook webhook, List<Sighting> sightings, List<CapturedClick> clicks, String reason) {
        this(webhook, sightings, clicks, reason, null);
    }

    /** Whether there is anything to record. */
    public boolean isNews() {
        return !sightings.isEmpty();
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
        return "Intake[" + sightings.size() + " sightings, " + clicks.size() + " clicks]"; // the rest is a person's
    }
}
