package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * The provider's own words for a referral, kept to be read again after an adapter was mended. Only fields whose names say that
 * they are about an ad are kept, in the ways that providers write them: what else stands beside a referral, now or in a later
 * version, may be somebody's words or picture. The price: an adapter that is taught a name of another kind finds nothing of
 * earlier clicks there.
 */
final class RawReferral {

    private static final int LONGEST_TEXT = 2_048;
    private static final int LONGEST = 16_384;
    private static final int MOST_ELEMENTS = 64;
    private static final int DEEPEST = 8;
    private static final Pattern ABOUT_AN_AD = Pattern.compile("(?i)"
            + "_?(ctwa|referral|conversion_?|entry_?point|campaign|ad_?set|external_?ad).*"
            + "|ads?|ad_?(id|name|reply|type|title)|source(_?(id|url|type|app|name))?|click_?id|ref"
            + "|type|id|url|headline|title|body|description|media_?(type|url|id)?|(image|video|thumbnail)_?(url|id)"
            + "|link_?preview|show_?ad_?attribution");

    private RawReferral() {
    }

    /** The words as JSON; null if there are none, or too many. */
    static String of(JsonNode words) {
        if (!words.isObject()) {
            return null;
        }
        String text = JsonValues.storable(known(words, 0).toString());
        return text.length() > LONGEST ? null : text;
    }

    /** What of a value may be kept; null for nothing. */
    private static JsonNode known(JsonNode value, int depth) {
        if (depth > DEEPEST || value.isArray() && value.size() > MOST_ELEMENTS
                || value.isTextual() && value.textValue().length() > LONGEST_TEXT) {
            return null;
        }
        if (value.isObject()) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(field -> {
                JsonNode known = ABOUT_AN_AD.matcher(field.getKey()).matches() ? known(field.getValue(), depth + 1) : null;
                if (known != null) {
                    kept.set(field.getKey(), known);
                }
            });
            return kept;
        }
        if (value.isArray()) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> {
                JsonNode known = known(element, depth + 1);
                if (known != null) {
                    kept.add(known);
                }
            });
            return kept;
        }
        return value;
    }
}
