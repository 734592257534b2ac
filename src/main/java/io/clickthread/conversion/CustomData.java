package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Storable;
import java.util.Iterator;
import java.util.Map;

/**
 * Further fields of Meta's {@code custom_data}, which are passed on as they are given. What has a field of its own in the API
 * is refused here, because of two values nothing says which is meant; so is what Meta refuses: {@code contents} without ids.
 */
final class CustomData {

    static final String FIELD = "customData";

    private static final Map<String, String> OWN = Map.of("value", "value", "currency", "currency", "content_ids", "contentIds");
    private static final int MOST_CHARACTERS = 20_000;
    private static final int DEEPEST = 10;
    private static final int MOST_DIGITS = 40;

    private CustomData() {
    }

    /**
     * Reads the field.
     *
     * @param fields the request; faults are noted there
     * @return a JSON object as it was given; null if there is none or nothing in it
     */
    static String read(JsonFields fields) {
        JsonNode data = fields.node(FIELD);
        if (data == null) {
            return null;
        }
        if (!data.isObject()) {
            fields.fault(FIELD, "'customData' must be an object of further fields of Meta's custom_data, for example "
                    + "{\"order_id\": \"1001\"}.");
            return null;
        }
        OWN.forEach((name, field) -> {
            if (data.has(name)) {
                fields.fault(FIELD, "'customData' must not have '" + name + "': send it as the field '" + field + "'.");
            }
        });
        if (!isGood(data, 0)) {
            fields.fault(FIELD, "'customData' must have no more than " + DEEPEST + " levels, no number of more than "
                    + MOST_DIGITS + " digits, and no NUL or half of a character in its texts.");
            return null;
        }
        if (data.has("contents") && !areContents(data.get("contents"))) {
            fields.fault(FIELD, "'contents' in 'customData' must be a list of objects that each have an 'id'; Meta refuses "
                    + "others (2804008).");
        }
        String json = data.isEmpty() ? null : data.toString();
        if (json != null && json.length() > MOST_CHARACTERS) {
            fields.fault(FIELD, "'customData' must have no more than " + MOST_CHARACTERS + " characters.");
            return null;
        }
        return json;
    }

    private static boolean areContents(JsonNode contents) {
        boolean good = contents.isArray();
        for (JsonNode one : contents) {
            JsonNode id = one.path("id");
            good = good && (id.isTextual() && !id.textValue().isBlank() || id.isNumber());
        }
        return good;
    }

    /** A number is looked at by its digits, because 1e999999999 written out would fill the memory. */
    private static boolean isGood(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        if (node.isNumber()) {
            return Math.max(node.decimalValue().precision(), Math.abs((long) node.decimalValue().scale())) <= MOST_DIGITS;
        }
        if (node.isTextual()) {
            return Storable.is(node.textValue());
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
            if (!Storable.is(names.next())) {
                return false;
            }
        }
        for (JsonNode child : (Iterable<JsonNode>) node::elements) {
            if (!isGood(child, depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
