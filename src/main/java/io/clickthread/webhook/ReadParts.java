package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Which parts of a webhook's tree an adapter has read messages from, and which it has passed over for a reason. */
final class ReadParts {

    private final Set<JsonNode> passedOver = Collections.newSetFromMap(new IdentityHashMap<>(4));
    private final Map<JsonNode, Part> read = new IdentityHashMap<>(4);

    void passOver(JsonNode part) {
        passedOver.add(part);
    }

    void read(JsonNode part, Referral referral) {
        if (part.isContainerNode()) {
            read.computeIfAbsent(part, node -> new Part()).add(referral);
        }
    }

    /** Whether a part was passed over, with all that is in it. */
    boolean isPassedOver(JsonNode part) {
        return passedOver.contains(part);
    }

    /** What was taken from a part; null if no message was read from it. */
    Part of(JsonNode part) {
        return read.get(part);
    }

    /** What was taken from all of the webhook. */
    Part whole() {
        Part whole = new Part();
        read.values().forEach(part -> {
            whole.clickIds.addAll(part.clickIds);
            whole.fromAd |= part.fromAd;
        });
        return whole;
    }

    /** What was taken from one part, which one message or several were read from. */
    static final class Part {

        private final Set<String> clickIds = new HashSet<>(2);
        private boolean fromAd;

        /** Whether a message with this click id was read from it. */
        boolean has(String clickId) {
            return clickIds.contains(clickId);
        }

        /** Whether a message that comes from an ad was read from it. */
        boolean isFromAd() {
            return fromAd;
        }

        private void add(Referral referral) {
            fromAd |= referral != null;
            if (referral != null && referral.clickId() != null) {
                clickIds.add(referral.clickId());
            }
        }
    }
}
