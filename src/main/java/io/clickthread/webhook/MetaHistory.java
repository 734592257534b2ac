package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.contact.Alias;
import java.util.Collections;

/**
 * Reads Meta's field {@code history}: up to 180 days of chats that a number brings along from the WhatsApp Business app,
 * thousands of messages in a webhook. Whether Meta leaves the referral in them is not documented; where it is, the click
 * is captured. Everything else of the past creates nothing: a contact is recorded when it writes.
 */
final class MetaHistory {

    private MetaHistory() {
    }

    /** Adds the messages that come from an ad. */
    static void read(JsonNode value, Reading reading) {
        String number = MetaWebhook.number(value);
        for (JsonNode part : value.path("history")) {
            for (JsonNode thread : part.path("threads")) {
                for (JsonNode message : thread.path("messages")) {
                    if (message.path("referral").isObject()) {
                        add(message, thread, number, reading);
                    }
                }
            }
        }
    }

    /** The contact is the thread's; the sender of a message may be the business itself, whose words are no click. */
    private static void add(JsonNode message, JsonNode thread, String number, Reading reading) {
        if (number == null) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        String contact = Texts.phone(thread.path("id"));
        String from = Texts.phone(message.path("from"));
        if (from != null && contact != null && !from.equals(contact)) {
            return;
        }
        JsonNode context = thread.path("context");
        Reading.Message draft = MetaWebhook.draft(number, reading).phone(contact)
                .phone(Texts.phone(context.path("wa_id")))
                .known(Alias.USER_ID, Texts.identity(context.path("user_id")))
                .known(Alias.PARENT_USER_ID, Texts.identity(context.path("parent_user_id")));
        new MetaMessage(message, Collections.emptyMap()).addTo(draft, reading);
    }
}
