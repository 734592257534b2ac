package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.contact.Alias;
import io.clickthread.contact.Identities;
import java.util.List;

/** WhatsApp's inner addresses in a provider's JSON, read by the rules of {@link Identities}. */
final class Jids {

    private Jids() {
    }

    /** What the address makes a contact known by: nothing, if it is none of a person. */
    static List<Alias> aliases(JsonNode node) {
        return Identities.of(node.textValue());
    }

    /** Whether it is the address of a group, a broadcast or a newsletter, whose messages are no chats with the business. */
    static boolean isCrowd(JsonNode node) {
        return Identities.isCrowd(node.textValue());
    }
}
