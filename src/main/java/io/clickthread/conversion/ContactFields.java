package io.clickthread.conversion;

import io.clickthread.contact.Alias;
import io.clickthread.contact.Identities;
import io.clickthread.http.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a conversion may name its contact by: a conversation, a phone, a business-scoped user id of Meta's, an id of a
 * provider's. A conversation's id says which without doubt, so it decides alone; of the others, several are looked up together
 * and have to lead to one contact.
 */
final class ContactFields {

    /** An alias of this kind is a conversation's id; a merged conversation goes on under its old one. */
    static final String CONVERSATION = "conversation";

    private static final Pattern LID = Pattern.compile("lid:([0-9]{5,20})");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ().-]+");

    private ContactFields() {
    }

    /**
     * Reads {@code userId} and {@code contactId}.
     *
     * @param fields         the request; faults are noted there
     * @param conversationId its conversation, or null
     * @param phone          its phone, digits with country code, or null
     * @return everything that names the contact; of a user id as one's own and as the parent's, since it says not which
     */
    static List<Alias> read(JsonFields fields, String conversationId, String phone) {
        List<Alias> aliases = new ArrayList<>(2);
        if (phone != null) {
            aliases.add(new Alias(Alias.PHONE, phone));
        }
        String userId = fields.optional("userId", 256);
        if (userId != null) {
            aliases.add(new Alias(Alias.USER_ID, userId.strip()));
            aliases.add(new Alias(Alias.PARENT_USER_ID, userId.strip()));
        }
        contactId(fields, aliases);
        if (!fields.has("conversationId") && !fields.has("phoneE164") && !fields.has("userId") && !fields.has("contactId")) {
            fields.fault("conversationId", "Either 'conversationId' or 'phoneE164' is required, or 'userId' or 'contactId'.");
        }
        return conversationId == null ? aliases : List.of(new Alias(CONVERSATION, conversationId));
    }

    /** Bare digits are not taken: they may be a phone of one person and a linked id of another. */
    private static void contactId(JsonFields fields, List<Alias> aliases) {
        String text = fields.optional("contactId", 512);
        String id = text == null ? "" : text.strip();
        List<Alias> told = LID.matcher(id).matches() ? List.of(new Alias(Alias.LID, id.substring(4))) : Identities.of(id);
        boolean isPhone = told.stream().anyMatch(alias -> alias.kind().equals(Alias.PHONE)) || NUMBER.matcher(id).matches();
        if (isPhone) {
            fields.fault("contactId", "'contactId' is a provider's id of the contact, for example 'chatwoot 1/718', or 'lid:' "
                    + "and the digits of a linked id; a phone number belongs into 'phoneE164'.");
        } else if (!id.isEmpty()) {
            aliases.addAll(told.isEmpty() ? List.of(new Alias(Alias.PROVIDER_ID, id)) : told);
        } else if (text != null) {
            fields.fault("contactId", "'contactId' must not be blank.");
        }
    }
}
