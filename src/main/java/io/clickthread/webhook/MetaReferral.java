package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;

/** Meta's {@code referral} object, whose field names several providers have taken over. */
final class MetaReferral {

    private static final Referral NOTHING = new Referral(null, null, null, null, null, null, null);

    private MetaReferral() {
    }

    /** The referral; null if there is none, or nothing in it. */
    static Referral of(JsonNode node) {
        return orNull(new Referral(Texts.identity(node.path("ctwa_clid")), Texts.line(node.path("source_id")),
                Texts.line(node.path("source_type")), Texts.line(node.path("source_url")),
                Texts.line(node.path("headline")), Texts.line(node.path("body")), Texts.line(node.path("media_type"))));
    }

    /** The same referral; null if there is nothing in it. */
    static Referral orNull(Referral referral) {
        return referral.equals(NOTHING) ? null : referral;
    }

    /** Whether a click id can be used, if there is one: a webhook with one of the wrong shape is kept, not cut short. */
    static boolean isReadable(JsonNode referral, String clickIdField) {
        JsonNode clickId = referral.path(clickIdField);
        boolean absent = referral.isMissingNode() || referral.isNull();
        boolean empty = clickId.isTextual() && clickId.textValue().isEmpty();
        return absent || referral.isObject()
                && (clickId.isMissingNode() || clickId.isNull() || empty || Texts.identity(clickId) != null);
    }
}
