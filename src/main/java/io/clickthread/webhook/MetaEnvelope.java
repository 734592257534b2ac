package io.clickthread.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * What somebody who passes Meta's webhooks on has put around them: 8x8 the whole webhook in {@code eventDetails.rawEvent},
 * AWS End User Messaging one entry as a text in {@code whatsAppWebhookEntry}, itself in the {@code Message} of a
 * notification, if nobody has taken it out.
 */
final class MetaEnvelope {

    private MetaEnvelope() {
    }

    /** Meta's entries in a webhook; null if there are none in any of these places. */
    static Iterable<JsonNode> entries(JsonNode body, ObjectMapper mapper) {
        JsonNode raw = unwrapped(body.path("eventDetails").path("rawEvent"), mapper);
        for (JsonNode webhook : List.of(body, raw)) {
            if (webhook.path("entry").isArray()) {
                return webhook.path("entry");
            }
        }
        for (JsonNode notification : List.of(body, unwrapped(body.path("Message"), mapper), body.path("detail"))) {
            JsonNode entry = unwrapped(notification.path("whatsAppWebhookEntry"), mapper);
            if (entry.isObject()) {
                return List.of(entry);
            }
        }
        return null;
    }

    /** JSON that may have been written as a text once more. */
    private static JsonNode unwrapped(JsonNode node, ObjectMapper mapper) {
        if (!node.isTextual()) {
            return node;
        }
        try {
            return mapper.readTree(node.textValue());
        } catch (JsonProcessingException | NumberFormatException e) { // an exponent that no number has
            return MissingNode.getInstance();
        }
    }
}
