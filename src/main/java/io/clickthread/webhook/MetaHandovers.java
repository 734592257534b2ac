package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Handover;
import io.clickthread.contact.Alias;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads Meta's field {@code messaging_handovers}: with Conversation Routing the control of a conversation passes from one
 * responder to another. The customer is the sender, the business's number the recipient. Meta tells {@code control_passed} to
 * the new owner and {@code control_taken} to the former one, so either says whether it is this app, also where no role is named.
 */
final class MetaHandovers {

    private static final String PASSED = "control_passed";
    private static final String TAKEN = "control_taken";

    private MetaHandovers() {
    }

    /** Adds the handover; one of a kind that names no owner is sampled, and one that names no customer changes nothing. */
    static void read(JsonNode value, ParsedWebhook reading) {
        String type = type(value);
        JsonNode handover = value.path(type);
        Boolean isThisApp = type.equals(PASSED) ? Boolean.TRUE : type.equals(TAKEN) ? Boolean.FALSE : null;
        String role = Stream.of("new_owner_role", "new_owner_app_role").map(name -> JsonValues.identity(handover.path(name)))
                .filter(name -> name != null).findFirst().orElse(null);
        String owner = role != null || isThisApp == null ? role : isThisApp ? "this_app" : "another_app";
        String key = reading.channel() != null ? reading.channel().key() : MetaWebhook.number(value);
        List<Alias> aliases = aliases(value.path("sender"));
        if (owner == null) {
            reading.unreadField(MetaFields.HANDOVERS + "/" + MetaFields.name(type));
        } else if (key == null) {
            reading.unreadable("One of its changes of control could not be read.");
        } else if (aliases.isEmpty()) {
            reading.passOver(PassedOver.OTHER_EVENT, value); // Meta leaves the sender out where it may not show the phone
        } else {
            reading.handover(new Handover(key, aliases, owner, isThisApp, JsonValues.seconds(value.path("timestamp"))));
        }
    }

    /** Its kind; where that is left out, the part that is there says it. */
    private static String type(JsonNode value) {
        String type = value.path("type").asText();
        return !type.isEmpty() ? type : value.has(PASSED) ? PASSED : value.has(TAKEN) ? TAKEN : "";
    }

    private static List<Alias> aliases(JsonNode sender) {
        List<Alias> aliases = new ArrayList<>();
        for (String name : new String[] {"phone_number", "wa_id", "user_id", "parent_user_id"}) {
            aliases.addAll(MetaPeople.of(sender.path(name)));
        }
        return aliases;
    }
}
