package io.clickthread.webhook;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a WhatsApp Business Account that an app can subscribe to. What is neither read nor known to be of no use is
 * named, counted, and one sample of it is kept: Meta may begin to send clicks by a new field on any day, as it did with
 * {@code standby}.
 */
final class MetaFields {

    static final String MESSAGES = "messages";
    static final String STANDBY = "standby";
    static final String HISTORY = "history";
    static final String AUTOMATIC_EVENTS = "automatic_events";
    static final String HANDOVERS = "messaging_handovers";

    /** The name of a field whose own name is none. */
    static final String OTHER = "other";

    private static final String BUSINESS_WORDS = "what the business itself wrote, which is no click";
    private static final String TEMPLATES = "the state of a template";
    private static final String ACCOUNT = "the state of the account or the number";
    private static final String GROUPS = "the state of a group; ads open no groups";

    /** Fields that bring neither a message of a customer nor a click, with what they bring. */
    static final Map<String, String> OF_NO_USE = Map.ofEntries(
            entry("message_echoes", BUSINESS_WORDS), entry("smb_message_echoes", BUSINESS_WORDS),
            entry("smb_app_state_sync", "the address book of the WhatsApp Business app: names, no messages"),
            entry("message_template_status_update", TEMPLATES), entry("message_template_quality_update", TEMPLATES),
            entry("message_template_components_update", TEMPLATES), entry("template_category_update", TEMPLATES),
            entry("template_correct_category_detection", TEMPLATES),
            entry("account_alerts", ACCOUNT), entry("account_review_update", ACCOUNT),
            entry("account_settings_update", ACCOUNT), entry("account_update", ACCOUNT),
            entry("business_capability_update", ACCOUNT), entry("business_status_update", ACCOUNT),
            entry("business_username_update", ACCOUNT), entry("business_username_updates", ACCOUNT),
            entry("partner_integrity", ACCOUNT), entry("phone_number_name_update", ACCOUNT),
            entry("phone_number_quality_update", ACCOUNT), entry("security", ACCOUNT),
            entry("payment_configuration_update", ACCOUNT), entry("partner_solutions", ACCOUNT),
            entry("group_lifecycle_update", GROUPS), entry("group_participants_update", GROUPS),
            entry("group_participant_update", GROUPS),
            entry("group_settings_update", GROUPS), entry("group_status_update", GROUPS),
            entry("calls", "a call, which brings no click id"), entry("flows", "the state of a flow"),
            entry("user_preferences", "whether somebody wants marketing messages"),
            entry("tracking_events", "what became of marketing messages"));

    /** What stands in the value of messages, beside what is read: errors of the account, clicks on links of marketing messages. */
    private static final Set<String> PARTS = Set.of("messaging_product", "metadata", "contacts", "messages", "statuses", "errors",
            "user_actions", "message_echoes", "standby", "conversation_context");

    private static final int LONGEST = 64;

    private MetaFields() {
    }

    /** The field of a change; one that names none and holds messages or statuses is read as {@code messages}. */
    static String of(JsonNode change) {
        String field = change.path("field").asText();
        JsonNode value = change.path("value");
        return field.isEmpty() && (value.has(MESSAGES) || value.has("statuses")) ? MESSAGES : field;
    }

    /** Whether a field is known to bring nothing that is wanted here. */
    static boolean isOfNoUse(String field) {
        return OF_NO_USE.containsKey(field);
    }

    /** The lists and objects in a value that nothing reads, each as {@code field/name}: a message may be in them. */
    static List<String> unknownParts(String field, JsonNode value) {
        List<String> unknown = new ArrayList<>(0);
        value.fields().forEachRemaining(part -> {
            if (part.getValue().isContainerNode() && !part.getValue().isEmpty() && !PARTS.contains(part.getKey())) {
                unknown.add(field + "/" + name(part.getKey()));
            }
        });
        return unknown;
    }

    /** A name such as Meta's fields have; {@link #OTHER} for anything else, because it is shown and stored. */
    static String name(String field) {
        boolean isName = !field.isEmpty() && field.length() <= LONGEST
                && field.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
        return isName ? field.toLowerCase(Locale.ROOT) : OTHER;
    }
}
