package io.clickthread.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.system.Settings;
import io.clickthread.system.SourceSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Chatwoot's webhook: a label that is added to a conversation, or a conversation that is resolved, is an event. The
 * event's id is made of inbox, conversation and label, so that a label set twice counts once.
 */
@Component("chatwoot")
public class Chatwoot {

    private static final String RESOLVED = "resolved";
    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9.]{1,128}");
    private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]{5,15}");

    private final SourceSettings.Chatwoot settings;
    private final Map<String, String> events = new LinkedHashMap<>();
    private final ObjectMapper mapper;
    private final Clock clock;

    Chatwoot(Settings settings, ObjectMapper mapper, Clock clock) {
        this.settings = settings.sources().chatwoot();
        this.settings.labels().forEach(label -> events.put(label.replaceAll("=.*", "").strip(),
                label.replaceAll(".*=", "").strip()));
        this.mapper = mapper;
        this.clock = clock;
    }

    /**
     * The conversions in a webhook; most webhooks have none.
     *
     * @param json the webhook
     * @return a map with the API's fields for each label added, or for the resolving, that has an event
     */
    public List<Map<String, Object>> conversions(Map<String, Object> json) {
        JsonNode webhook = mapper.valueToTree(json);
        List<Map<String, Object>> conversions = new ArrayList<>();
        String event = webhook.path("event").asText();
        if (event.equals("conversation_updated")) {
            added(webhook).stream().filter(events::containsKey)
                    .forEach(label -> conversions.add(conversion(webhook, events.get(label), label)));
        } else if (event.equals("conversation_status_changed") && !settings.resolved().isBlank()
                && webhook.path("status").asText().equals(RESOLVED)) {
            conversions.add(conversion(webhook, settings.resolved(), RESOLVED));
        }
        return conversions;
    }

    /** The labels that this update added; those that were there before have been reported, or are too old to be. */
    private static Set<String> added(JsonNode webhook) {
        Set<String> added = new LinkedHashSet<>();
        for (JsonNode change : webhook.path("changed_attributes")) {
            JsonNode labels = change.path("label_list");
            labels.path("current_value").forEach(label -> added.add(label.asText()));
            labels.path("previous_value").forEach(label -> added.remove(label.asText()));
        }
        return added;
    }

    private Map<String, Object> conversion(JsonNode webhook, String eventName, String why) {
        JsonNode sender = webhook.at("/meta/sender");
        JsonNode attributes = webhook.path("custom_attributes");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("eventName", eventName);
        fields.put("eventId", "chatwoot-" + webhook.path("inbox_id").asText() + "-" + webhook.path("id").asText() + "-" + why);
        putContact(fields, webhook, sender);
        fields.put("email", text(sender.path("email")));
        if (webhook.path("updated_at").isNumber()) {
            fields.put("eventTime", Math.min(webhook.path("updated_at").asLong(), clock.instant().getEpochSecond()));
        }
        String value = text(attributes.path(settings.valueAttribute()));
        if (value != null && eventName.equals("Purchase")) {
            fields.put("value", value);
            String currency = text(attributes.path(settings.currencyAttribute()));
            fields.put("currency", currency == null ? settings.currency() : currency);
        }
        return fields;
    }

    /**
     * What the contact is known by: its phone, the id by which its inbox knows it, which is Meta's for a user without a
     * visible phone, and Chatwoot's own. An address for mail names nobody here.
     */
    private static void putContact(Map<String, Object> fields, JsonNode webhook, JsonNode sender) {
        JsonNode inbox = webhook.path("contact_inbox");
        String phone = text(sender.path("phone_number"));
        String known = inbox.path("source_id").asText();
        String source = known.replaceFirst("^whatsapp:", "");
        boolean isWhatsApp = webhook.path("channel").asText().equals("Channel::Whatsapp") || known.startsWith("whatsapp:");
        fields.put("phoneE164", phone == null && isWhatsApp && DIGITS.matcher(source).matches() ? source : phone);
        fields.put("userId", USER_ID.matcher(source).matches() ? source : null);
        String contact = text(sender.path("id").isMissingNode() ? inbox.path("contact_id") : sender.path("id"));
        String account = text(webhook.path("account").path("id"));
        // As webhook.ChatwootWebhook writes it.
        fields.put("contactId", contact == null || account == null ? null : "chatwoot " + account + "/" + contact);
    }

    private static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() && !node.asText().isBlank() ? node.asText() : null;
    }
}
