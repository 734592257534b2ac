package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.capture.Alias;
import io.clickthread.capture.InboundMessage;
import io.clickthread.capture.Referral;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One element of {@code messages[]}. The sender is known by {@code from} (a phone), {@code from_user_id} or both;
 * people with a username may come without a phone. A system message says that a number or user id changed: it names
 * the old and the new one, which makes them aliases of one contact. Field names: Meta's webhook reference,
 * "messages" and "business-scoped user ids".
 */
final class MetaMessage {

    private final String number;
    private final JsonNode message;
    private final JsonNode system;
    private final boolean changesIdentity;
    private final String id;
    private final String phone;
    private final String userId;
    private final JsonNode contact;

    /**
     * Looks at a message.
     *
     * @param contacts the entries of {@code contacts[]} by phone and by user id
     */
    MetaMessage(String number, JsonNode message, Map<String, JsonNode> contacts) {
        this.number = number;
        this.message = message;
        this.id = Texts.identity(message.path("id"));
        this.phone = Texts.phone(message.path("from"));
        this.userId = Texts.identity(message.path("from_user_id"));
        boolean isSystem = "system".equals(message.path("type").textValue());
        this.system = isSystem ? message.path("system") : null;
        String change = isSystem ? system.path("type").asText() : "";
        this.changesIdentity = change.equals("user_changed_number") || change.equals("user_changed_user_id");
        this.contact = contacts.getOrDefault(userId, contacts.getOrDefault(phone, MissingNode.getInstance()));
    }

    /** Whether it has what every message must have; system messages of other kinds are readable and say nothing. */
    boolean isReadable() {
        return isIgnored() || id != null && !aliases().isEmpty() && hasReadableReferral();
    }

    void addTo(List<InboundMessage> into) {
        if (isIgnored()) {
            return;
        }
        String newPhone = changesIdentity ? Texts.phone(system.path("wa_id")) : null;
        String participant = newPhone != null ? newPhone : phone != null ? phone : aliases().get(0).value();
        into.add(new InboundMessage(number, aliases(), participant, Texts.line(contact.path("profile").path("name")),
                newPhone != null, id, Texts.seconds(message.path("timestamp")), referral()));
    }

    private boolean isIgnored() {
        return system != null && !changesIdentity;
    }

    private boolean hasReadableReferral() {
        JsonNode referral = message.path("referral");
        JsonNode clickId = referral.path("ctwa_clid");
        boolean absent = referral.isMissingNode() || referral.isNull();
        return absent || referral.isObject()
                && (clickId.isMissingNode() || clickId.isNull() || isEmptyText(clickId) || Texts.identity(clickId) != null);
    }

    private Referral referral() {
        JsonNode node = message.path("referral");
        Referral referral = new Referral(Texts.identity(node.path("ctwa_clid")), Texts.line(node.path("source_id")),
                Texts.line(node.path("source_type")), Texts.line(node.path("source_url")),
                Texts.line(node.path("headline")), Texts.line(node.path("body")), Texts.line(node.path("media_type")));
        return referral.equals(new Referral(null, null, null, null, null, null, null)) ? null : referral;
    }

    private List<Alias> aliases() {
        List<Alias> aliases = new ArrayList<>(3);
        add(aliases, Alias.PHONE, phone);
        add(aliases, Alias.USER_ID, userId);
        add(aliases, Alias.PARENT_USER_ID, Texts.identity(message.path("from_parent_user_id")));
        if (userId == null) {
            add(aliases, Alias.USER_ID, Texts.identity(contact.path("user_id")));
        }
        if (changesIdentity) {
            add(aliases, Alias.PHONE, Texts.phone(system.path("wa_id")));
            add(aliases, Alias.USER_ID, Texts.identity(system.path("user_id")));
            add(aliases, Alias.USER_ID, Texts.identity(system.path("previous_user_id")));
        }
        return aliases;
    }

    private static void add(List<Alias> aliases, String kind, String value) {
        if (value != null) {
            aliases.add(new Alias(kind, value));
        }
    }

    private static boolean isEmptyText(JsonNode node) {
        return node.isTextual() && node.textValue().isEmpty();
    }
}
