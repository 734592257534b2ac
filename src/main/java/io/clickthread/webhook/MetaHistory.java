package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.contact.Alias;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Reads Meta's field {@code history}: up to 180 days of chats that a number brings along from the WhatsApp Business app,
 * thousands of messages in a webhook. Whether Meta leaves the referral in them is not documented; where it is, the click
 * is captured. Everything else of the past creates nothing: a contact is recorded when it writes. Pictures follow later, as
 * messages beside {@code history} instead of in its threads.
 */
final class MetaHistory {

    private final ParsedWebhook reading;
    private final String number;
    private final List<Alias> business;
    private final Map<String, JsonNode> contacts;

    private MetaHistory(JsonNode value, ParsedWebhook reading) {
        this.reading = reading;
        this.number = MetaWebhook.number(value);
        this.business = MetaPeople.of(value.path("metadata").path("display_phone_number"));
        this.contacts = MetaWebhook.contacts(value.path("contacts"));
    }

    /** Adds the messages that come from an ad. */
    static void read(JsonNode value, ParsedWebhook reading) {
        MetaHistory history = new MetaHistory(value, reading);
        for (JsonNode part : value.path("history")) {
            for (JsonNode thread : part.path("threads")) {
                thread.path("messages").forEach(message -> history.message(message, thread));
            }
        }
        value.path("messages").forEach(message -> history.message(message, MissingNode.getInstance()));
    }

    /** The contact is the thread's; the sender of a message may be the business itself, whose words are no click. */
    private void message(JsonNode message, JsonNode thread) {
        if (!message.path("referral").isObject()) {
            return;
        }
        if (number == null) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        JsonNode context = thread.path("context");
        List<Alias> contact = new ArrayList<>(MetaPeople.of(thread.path("id")));
        contact.addAll(MetaPeople.of(context.path("wa_id")));
        contact.addAll(MetaPeople.of(context.path("user_id")));
        List<Alias> from = MetaPeople.of(message.path("from"));
        if (!Collections.disjoint(from, business)
                || !from.isEmpty() && !contact.isEmpty() && Collections.disjoint(from, contact)) {
            reading.passOver(PassedOver.OWN_MESSAGE, message);
            return;
        }
        MessageDraft draft = MetaWebhook.draft(number, reading).known(contact)
                .known(Alias.PARENT_USER_ID, JsonValues.identity(context.path("parent_user_id")));
        new MetaMessage(message, contacts).addTo(draft, reading);
    }
}
