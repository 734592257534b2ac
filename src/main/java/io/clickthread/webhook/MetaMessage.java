package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.contact.Alias;
import java.util.Map;

/**
 * One element of {@code messages[]}. The sender is known by {@code from} (a phone), {@code from_user_id} or both;
 * people with a username may come without a phone. A system message says that a number or user id changed: it names
 * the old and the new one, which makes them aliases of one contact. Field names: Meta's webhook reference,
 * "messages" and "business-scoped user ids".
 */
final class MetaMessage {

    private final JsonNode message;
    private final JsonNode system;
    private final boolean changesIdentity;
    private final String userId;
    private final JsonNode contact;

    /**
     * Looks at a message.
     *
     * @param contacts the entries of {@code contacts[]} by phone and by user id
     */
    MetaMessage(JsonNode message, Map<String, JsonNode> contacts) {
        this.message = message;
        this.userId = Texts.identity(message.path("from_user_id"));
        boolean isSystem = "system".equals(message.path("type").textValue());
        this.system = isSystem ? message.path("system") : MissingNode.getInstance();
        String change = system.path("type").asText();
        this.changesIdentity = change.equals("user_changed_number") || change.equals("user_changed_user_id");
        this.contact = contacts.getOrDefault(userId,
                contacts.getOrDefault(Texts.phone(message.path("from")), MissingNode.getInstance()));
    }

    /** Adds it, unless it is a system message of another kind, which says nothing of contacts. */
    void addTo(Reading.Message draft, Reading reading) {
        JsonNode referral = message.path("referral");
        if (!system.isMissingNode() && !changesIdentity) {
            return;
        }
        if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        draft.id(Texts.identity(message.path("id")))
                .phone(Texts.phone(message.path("from")))
                .known(Alias.USER_ID, userId)
                .known(Alias.PARENT_USER_ID, Texts.identity(message.path("from_parent_user_id")))
                .known(Alias.USER_ID, userId == null ? Texts.identity(contact.path("user_id")) : null)
                .name(Texts.line(contact.path("profile").path("name")))
                .at(message.path("timestamp"))
                .referral(MetaReferral.of(referral), referral);
        if (changesIdentity) {
            draft.phone(Texts.phone(system.path("wa_id")))
                    .known(Alias.USER_ID, Texts.identity(system.path("user_id")))
                    .known(Alias.USER_ID, Texts.identity(system.path("previous_user_id")))
                    .known(Alias.PARENT_USER_ID, Texts.identity(system.path("parent_user_id")))
                    .known(Alias.PARENT_USER_ID, Texts.identity(system.path("previous_parent_user_id")))
                    .movedTo(Texts.phone(system.path("wa_id")));
        }
        draft.add();
    }
}
