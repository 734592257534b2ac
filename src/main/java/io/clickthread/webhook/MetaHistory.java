package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.contact.Alias;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
        JsonNode context = thread.path("context");
        List<Alias> contact = new ArrayList<>(MetaPeople.of(thread.path("id")));
        contact.addAll(MetaPeople.of(context.path("wa_id")));
        contact.addAll(MetaPeople.of(context.path("user_id")));
        List<Alias> from = MetaPeople.of(message.path("from"));
        if (!from.isEmpty() && !contact.isEmpty() && Collections.disjoint(from, contact)) {
            reading.passOver(PassedOver.OWN_MESSAGE, message);
            return;
        }
        Reading.Message draft = MetaWebhook.draft(number, reading).known(contact)
                .known(Alias.PARENT_USER_ID, Texts.identity(context.path("parent_user_id")));
        new MetaMessage(message, Collections.emptyMap()).addTo(draft, reading);
    }
}
