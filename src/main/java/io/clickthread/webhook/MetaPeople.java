package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.contact.Alias;
import io.clickthread.contact.Identities;
import java.util.List;

/**
 * What a person is known by in Meta's webhooks. Fields that used to hold a phone ({@code from}, {@code wa_id},
 * {@code recipient_id}) may hold the user id of somebody who hides it, so the shape of the value decides, not the field.
 */
final class MetaPeople {

    private MetaPeople() {
    }

    /** What a field makes somebody known by; nothing for an empty one or one of no known shape. */
    static List<Alias> of(JsonNode field) {
        return Identities.of(JsonValues.identity(field));
    }

    /** How somebody is shown who is known by this field; null for no known shape. */
    static String shown(JsonNode field) {
        List<Alias> aliases = of(field);
        return aliases.isEmpty() ? null : aliases.get(0).value();
    }
}
