package io.clickthread.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.http.JsonFields;
import java.util.Set;

/**
 * What only Meta's webhooks can be like.
 *
 * @param field          {@code messages}, {@code standby}, or {@code both}, each message once on either
 * @param withheld       whether WhatsApp withholds the first message: error 131060 in place of the words and the ad
 * @param automaticEvent whether Meta's own lead follows, with the click id
 * @param handover       {@code control_passed} or {@code control_taken}, which follows; null for none
 * @param userIdAsFrom   whether the user id stands where the phone used to be, in {@code from} and {@code wa_id}
 */
record MetaWish(String field, boolean withheld, boolean automaticEvent, String handover, boolean userIdAsFrom) {

    /** The names of the wishes. */
    static final Set<String> FIELDS = Set.of("field", "withheld", "automaticEvent", "handover", "userIdAsFrom");

    private static final Set<String> WHERE = Set.of("messages", "standby", "both");
    private static final Set<String> HANDOVERS = Set.of("control_passed", "control_taken");

    /** Reads the wishes of a request; faults are added to its fields. */
    static MetaWish read(JsonNode body, JsonFields fields) {
        String field = oneOf(fields, "field", WHERE);
        return new MetaWish(field == null ? "messages" : field, ClickOrders.flag(fields, body, "withheld"),
                ClickOrders.flag(fields, body, "automaticEvent"), oneOf(fields, "handover", HANDOVERS),
                ClickOrders.flag(fields, body, "userIdAsFrom"));
    }

    /** Whether it asks for anything beyond a plain message. */
    boolean isSpecial() {
        return !field.equals("messages") || withheld || automaticEvent || handover != null || userIdAsFrom;
    }

    private static String oneOf(JsonFields fields, String name, Set<String> values) {
        String value = fields.optional(name, 100);
        if (value != null && !values.contains(value)) {
            fields.fault(name, "'" + name + "' must be one of " + String.join(", ", new java.util.TreeSet<>(values)) + ".");
        }
        return value;
    }
}
