package io.clickthread.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody who passes Meta's webhooks on has put around them, or taken from them: 8x8 has the whole webhook in
 * {@code eventDetails.rawEvent}, AWS End User Messaging one entry as a text in {@code whatsAppWebhookEntry}, itself in the
 * {@code Message} of a notification, if nobody has taken it out. Workflow tools send a list of webhooks, each perhaps with
 * the request's headers beside its {@code body}, or a change or a value alone.
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
        return body.isArray() ? list(body) : change(body);
    }

    private static Iterable<JsonNode> list(JsonNode body) {
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode element : body) {
            JsonNode webhook = element.path("body").isObject() ? element.path("body") : element;
            Iterable<JsonNode> found = webhook.path("entry").isArray() ? webhook.path("entry") : change(webhook);
            if (found == null) {
                return null;
            }
            found.forEach(entries::add);
        }
        return entries.isEmpty() ? null : entries;
    }

    /** An entry around a change that stands alone, or around a value that does. */
    private static Iterable<JsonNode> change(JsonNode node) {
        JsonNode change = node;
        if (node.path("messaging_product").isTextual() && node.path("metadata").isObject()) {
            change = JsonNodeFactory.instance.objectNode().<ObjectNode>set("value", node)
                    .put("field", node.path("field").asText("messages"));
        }
        return !change.path("field").isTextual() || !change.path("value").isObject() ? null
                : List.of(JsonNodeFactory.instance.objectNode().set("changes", JsonNodeFactory.instance.arrayNode().add(change)));
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
