package io.clickthread.capture;

import java.util.List;

/**
 * A webhook on its way through the route {@code ingest}.
 *
 * @param webhook    what came in
 * @param sightings  what of it must be recorded
 * @param clicks     the clicks that were new, once recorded
 * @param quarantineReason why the webhook must be kept whole, or null
 */
public record Intake(InboundWebhook webhook, List<Sighting> sightings, List<CapturedClick> clicks, String quarantineReason) {

    /** Whether there is anything to record. */
    public boolean isNews() {
        return !sightings.isEmpty();
    }

    /** Whether Meta has told of events of its own. */
    public boolean hasEvents() {
        return !webhook.events().isEmpty();
    }

    /** Whether the webhook must be kept whole. */
    public boolean isQuarantined() {
        return quarantineReason != null;
    }
}
