package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads WhatsApp Cloud API webhooks, {@code entry[].changes[]}, from Meta or from those who pass them on. {@link MetaFields}
 * says which fields there are; what is not read is named, and what cannot be read is reported, never thrown: its neighbours
 * count on it.
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
    public void read(JsonNode body, ParsedWebhook reading) {
        Iterable<JsonNode> entries = MetaEnvelope.entries(body, mapper);
        if (entries == null && EightByEight.read(body, reading)) {
            return;
        } else if (entries == null) {
            reading.unreadable("It has no list of entries.");
            return;
        }
        for (JsonNode entry : entries) {
            for (JsonNode change : entry.path("changes")) {
                change(MetaFields.of(change), change.path("value"), reading);
            }
        }
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return MetaReferral.of(evidence);
    }

    private static void change(String field, JsonNode value, ParsedWebhook reading) {
        reading.isFor(number(value));
        switch (field) {
            case MetaFields.MESSAGES -> chat(field, value, value, reading);
            case MetaFields.STANDBY -> standby(value, reading);
            case MetaFields.HISTORY -> MetaHistory.read(value, reading);
            case MetaFields.AUTOMATIC_EVENTS -> MetaSignals.events(value, reading);
            case MetaFields.HANDOVERS -> MetaHandovers.read(value, reading);
            default -> {
                if (MetaFields.isOfNoUse(field)) {
                    reading.passOver(field.endsWith("echoes") ? PassedOver.OWN_MESSAGE : PassedOver.OTHER_EVENT, value);
                } else {
                    reading.unreadField(MetaFields.name(field));
                }
            }
        }
    }

    /**
     * What another responder is in charge of. Meta has it one level deeper than in {@code messages}; where somebody who passes
     * it on has taken that level out, it is read as well.
     */
    private static void standby(JsonNode value, ParsedWebhook reading) {
        chat(MetaFields.STANDBY, value, value, reading);
        JsonNode inner = value.path("standby");
        for (JsonNode part : inner.isArray() ? inner : List.of(inner)) {
            if (part.isObject()) {
                chat(MetaFields.STANDBY, number(value) != null ? value : part, part, reading);
            }
        }
    }

    /** Messages with their contacts, and statuses; the number stands in {@code about}. */
    private static void chat(String field, JsonNode about, JsonNode value, ParsedWebhook reading) {
        String number = number(about);
        reading.isFor(number);
        messages(number, value, reading);
        MetaSignals.hints(number, value.path("statuses"), reading);
        value.path("message_echoes").forEach(echo -> reading.passOver(PassedOver.OWN_MESSAGE, echo));
        MetaFields.unknownParts(field, value).forEach(reading::unreadField);
    }

    private static void messages(String number, JsonNode value, ParsedWebhook reading) {
        JsonNode list = value.path("messages");
        if (list.isMissingNode() || list.isNull()) {
            return; // statuses, errors, user actions
        }
        if (!list.isArray() || number == null) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        Map<String, JsonNode> contacts = contacts(value.path("contacts"));
        for (JsonNode message : list) {
            new MetaMessage(message, contacts).addTo(draft(number, reading), reading);
        }
    }

    /** The number that a part of the webhook is for; null if it names none. Handovers name it as the recipient. */
    static String number(JsonNode value) {
        String number = JsonValues.identity(value.path("metadata").path("phone_number_id"));
        return number != null ? number : JsonValues.identity(value.path("recipient").path("phone_number_id"));
    }

    /** Begins a message for a number: a webhook that came by a channel is that channel's, and says for which it was. */
    static MessageDraft draft(String number, ParsedWebhook reading) {
        return reading.channel() == null ? reading.messageOf(number) : reading.message().isFor(number);
    }

    /** The entries of {@code contacts[]} by number and by user id. */
    static Map<String, JsonNode> contacts(JsonNode list) {
        Map<String, JsonNode> contacts = new HashMap<>();
        for (JsonNode contact : list) {
            contacts.put(MetaPeople.shown(contact.path("wa_id")), contact);
            contacts.put(MetaPeople.shown(contact.path("user_id")), contact);
        }
        contacts.remove(null);
        return contacts;
    }
}
