package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads WhatsApp Cloud API webhooks: {@code entry[].changes[]} with the fields {@code messages}, {@code history} and
 * {@code automatic_events}, from Meta or from whoever passes them on. Other fields and unknown types pass unread. What cannot be read is reported, never thrown: its
 * neighbours count on it.
 */
@Component
class MetaWebhook implements Adapter {

    private final ObjectMapper mapper;

    MetaWebhook(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.META, Provider.DIALOG360, Provider.GUPSHUP, Provider.PASSTHROUGH);
    }

    @Override
    public void read(JsonNode body, Reading reading) {
        Iterable<JsonNode> entries = MetaEnvelope.entries(body, mapper);
        if (entries == null) {
            reading.unreadable("It has no list of entries.");
            return;
        }
        for (JsonNode entry : entries) {
            for (JsonNode change : entry.path("changes")) {
                JsonNode value = change.path("value");
                switch (change.path("field").asText()) {
                    case "messages" -> {
                        messages(value, reading);
                        MetaSigns.hints(value, reading);
                    }
                    case "history" -> MetaHistory.read(value, reading);
                    case "automatic_events" -> MetaSigns.events(value, reading);
                    default -> { } // echoes of the business's own words among them
                }
            }
        }
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return MetaReferral.of(evidence);
    }

    private static void messages(JsonNode value, Reading reading) {
        JsonNode list = value.path("messages");
        if (list.isMissingNode() || list.isNull()) {
            return; // statuses, errors, user actions
        }
        String number = number(value);
        if (!list.isArray() || number == null) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        Map<String, JsonNode> contacts = contacts(value.path("contacts"));
        for (JsonNode message : list) {
            new MetaMessage(message, contacts).addTo(draft(number, reading), reading);
        }
    }

    /** The number that a part of the webhook is for; null if it names none. */
    static String number(JsonNode value) {
        return Texts.identity(value.path("metadata").path("phone_number_id"));
    }

    /** Begins a message for a number: a webhook that came by a channel is that channel's, and says for which it was. */
    static Reading.Message draft(String number, Reading reading) {
        return reading.channel() == null ? reading.messageOf(number) : reading.message().isFor(number);
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
