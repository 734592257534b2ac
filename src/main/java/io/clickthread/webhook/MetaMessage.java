package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.contact.Alias;
import java.util.Map;

/**
 * One element of {@code messages[]}. The sender is known by {@code from}, {@code from_user_id} or both; people with a
 * username may come without a phone. A system message says that a number or user id changed: it names the old and the new
 * one, which makes them aliases of one contact. Field names: Meta's webhook reference, "messages" and "business-scoped user
 * ids".
 */
final class MetaMessage {

    private final JsonNode message;
    private final JsonNode system;
    private final boolean changesIdentity;
    private final JsonNode contact;

    /**
     * Looks at a message.
     *
     * @param contacts the entries of {@code contacts[]} by number and by user id
     */
    MetaMessage(JsonNode message, Map<String, JsonNode> contacts) {
        this.message = message;
        boolean isSystem = "system".equals(message.path("type").textValue());
        this.system = isSystem ? message.path("system") : MissingNode.getInstance();
        String change = system.path("type").asText();
        this.changesIdentity = change.equals("user_changed_number") || change.equals("user_changed_user_id");
        this.contact = contacts.getOrDefault(MetaPeople.shown(message.path("from_user_id")),
                contacts.getOrDefault(MetaPeople.shown(message.path("from")), MissingNode.getInstance()));
    }

    /** Adds it, unless it is a system message of another kind, which says nothing of contacts. */
    void addTo(MessageDraft draft, ParsedWebhook reading) {
        JsonNode referral = message.path("referral");
        if (!system.isMissingNode() && !changesIdentity) {
            reading.passOver(PassedOver.SYSTEM_MESSAGE, message);
            return;
        }
        if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        draft.id(JsonValues.identity(message.path("id")))
                .known(MetaPeople.of(message.path("from")))
                .known(MetaPeople.of(message.path("from_user_id")))
                .known(Alias.PARENT_USER_ID, JsonValues.identity(message.path("from_parent_user_id")))
                .known(MetaPeople.of(contact.path("user_id")))
                .name(JsonValues.line(contact.path("profile").path("name")))
                .at(message.path("timestamp"))
                .hint(WithheldMessage.hint(message.path("errors"), referral))
                .referral(MetaReferral.of(referral), referral);
        if (changesIdentity) {
            draft.known(MetaPeople.of(system.path("wa_id")))
                    .known(MetaPeople.of(system.path("user_id")))
                    .known(MetaPeople.of(system.path("previous_user_id")))
                    .known(Alias.PARENT_USER_ID, JsonValues.identity(system.path("parent_user_id")))
                    .known(Alias.PARENT_USER_ID, JsonValues.identity(system.path("previous_parent_user_id")))
                    .movedTo(MetaPeople.shown(system.path("wa_id")));
        }
        draft.add();
    }
}
