package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;

/** Meta's {@code referral} object, whose field names several providers have taken over, some of them in camel case. */
final class MetaReferral {

    private static final Referral NOTHING = new Referral(null, null, null, null, null, null, null);

    private MetaReferral() {
    }

    /** The referral; null if there is none, or nothing in it. */
    static Referral of(JsonNode node) {
        return orNull(new Referral(JsonValues.identity(either(node, "ctwa_clid", "ctwaClid")),
                JsonValues.line(either(node, "source_id", "sourceId")), JsonValues.line(either(node, "source_type", "sourceType")),
                JsonValues.line(either(node, "source_url", "sourceUrl")), JsonValues.line(node.path("headline")),
                JsonValues.line(node.path("body")), JsonValues.line(either(node, "media_type", "mediaType"))));
    }

    /** The same referral; null if there is nothing in it. */
    static Referral orNull(Referral referral) {
        return referral.equals(NOTHING) ? null : referral;
    }

    /** The same referral; null if it names no ad: linked devices hand out the card of a link with the same fields. */
    static Referral ofAd(Referral referral) {
        return referral.clickId() == null && referral.sourceId() == null && !"ad".equals(referral.sourceType()) ? null : referral;
    }

    /** Whether a click id can be used, if there is one: a webhook with one of the wrong shape is kept, not cut short. */
    static boolean isReadable(JsonNode referral, String clickIdField) {
        JsonNode clickId = referral.path(clickIdField);
        boolean absent = referral.isMissingNode() || referral.isNull();
        boolean empty = clickId.isTextual() && clickId.textValue().isEmpty();
        return absent || referral.isObject()
                && (clickId.isMissingNode() || clickId.isNull() || empty || JsonValues.identity(clickId) != null);
    }

    private static JsonNode either(JsonNode node, String snake, String camel) {
        return node.hasNonNull(snake) ? node.path(snake) : node.path(camel);
    }
}
