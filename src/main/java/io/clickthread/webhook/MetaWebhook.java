package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.capture.InboundMessage;
import io.clickthread.capture.InboundWebhook;
import io.clickthread.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Reads WhatsApp Cloud API webhooks: {@code entry[].changes[]} with {@code field: "messages"}. Other fields, statuses
 * and unknown types pass unread. What cannot be read is reported, never thrown: its neighbours count on it.
 */
@Component("metaWebhook")
public class MetaWebhook {

    private static final String PROVIDER = "meta";

    private final ObjectMapper mapper;

    MetaWebhook(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Reads a webhook whose signature was good.
     *
     * @param request the webhook
     * @return what it says
     */
    public InboundWebhook read(Request request) {
        return parse(request.body());
    }

    /**
     * Reads the bytes of a webhook.
     *
     * @param raw as they came
     * @return what they say; {@code unreadable} if they are no JSON, have no {@code entry}, or hold a message without id
     *         or sender
     */
    public InboundWebhook parse(byte[] raw) {
        JsonNode root;
        try {
            root = mapper.readTree(raw);
        } catch (IOException e) {
            return new InboundWebhook(PROVIDER, raw, List.of(), "It is not valid JSON.");
        }
        if (!root.path("entry").isArray()) {
            return new InboundWebhook(PROVIDER, raw, List.of(), "It has no list of entries.");
        }
        List<InboundMessage> messages = new ArrayList<>();
        boolean whole = true;
        for (JsonNode entry : root.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                if ("messages".equals(change.path("field").textValue())) {
                    whole &= read(change.path("value"), messages);
                }
            }
        }
        return new InboundWebhook(PROVIDER, raw, messages, whole ? null : "One of its messages could not be read.");
    }

    /**
     * What Meta gets to hear.
     *
     * @return {@code {received: true}}
     */
    public Map<String, Boolean> received() {
        return Map.of("received", true);
    }

    private static boolean read(JsonNode value, List<InboundMessage> into) {
        JsonNode list = value.path("messages");
        if (list.isMissingNode() || list.isNull()) {
            return true; // statuses, errors, user actions
        }
        String number = Texts.identity(value.path("metadata").path("phone_number_id"));
        boolean whole = list.isArray() && number != null;
        if (whole) {
            Map<String, JsonNode> contacts = contacts(value.path("contacts"));
            for (JsonNode node : list) {
                MetaMessage message = new MetaMessage(number, node, contacts);
                if (message.isReadable()) {
                    message.addTo(into);
                } else {
                    whole = false;
                }
            }
        }
        return whole;
    }

    private static Map<String, JsonNode> contacts(JsonNode list) {
        Map<String, JsonNode> contacts = new HashMap<>();
        for (JsonNode contact : list) {
            contacts.put(Texts.phone(contact.path("wa_id")), contact);
            contacts.put(Texts.identity(contact.path("user_id")), contact);
        }
        contacts.remove(null);
        return contacts;
    }
}
