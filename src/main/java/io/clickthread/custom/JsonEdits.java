package io.clickthread.custom;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.stereotype.Component;

/** Small changes to a JSON body, for steps that people add. Places are JSON pointers (RFC 6901), such as {@code /customData/order_id}. */
@Component("jsonEdits")
public class JsonEdits {

    /**
     * Whether a value stands at a place.
     *
     * @param body  any JSON
     * @param place where to look
     * @param text  the value, as text
     * @return true if it does
     */
    public boolean is(JsonNode body, String place, String text) {
        JsonNode found = body.at(place);
        return found.isValueNode() && found.asText().equals(text);
    }

    /**
     * Moves a value to another place, as {@code move} of JSON Patch (RFC 6902) does, and makes the objects that it lies in.
     *
     * @param body any JSON; it is changed
     * @param from where the value is
     * @param to   where it is to be
     * @return the same; unchanged if there is no such value, or something other than an object is in the way
     */
    public JsonNode move(JsonNode body, String from, String to) {
        JsonPointer source = JsonPointer.compile(from);
        JsonPointer target = JsonPointer.compile(to);
        JsonNode value = body.at(source);
        if (value.isMissingNode() || !(body.at(source.head()) instanceof ObjectNode parent)) {
            return body;
        }
        ObjectNode place = parent(body, target.head());
        if (place != null) {
            parent.remove(source.last().getMatchingProperty());
            place.set(target.last().getMatchingProperty(), value);
        }
        return body;
    }

    private static ObjectNode parent(JsonNode body, JsonPointer place) {
        JsonNode found = body.at(place);
        if (found instanceof ObjectNode object) {
            return object;
        }
        if (!found.isMissingNode() || place.matches()) {
            return null;
        }
        ObjectNode above = parent(body, place.head());
        return above == null ? null : above.putObject(place.last().getMatchingProperty());
    }
}
