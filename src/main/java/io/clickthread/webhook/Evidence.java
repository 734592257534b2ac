package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * The provider's own words for a referral, kept to be read again after an adapter was mended. They are about the ad: pictures
 * of it, which may be large, and messages quoted beside it, which are somebody's words, are left out.
 */
final class Evidence {

    private static final int LONGEST_TEXT = 2_048;
    private static final int LONGEST = 16_384;
    private static final Set<String> DROPPED = Set.of("thumbnail", "jpegThumbnail", "preview", "quotedMessage", "originalImage",
            "conversation", "text");

    private Evidence() {
    }

    /** The words as JSON; null if there are none, or too many. */
    static String of(JsonNode words) {
        if (!words.isObject()) {
            return null;
        }
        JsonNode kept = words.deepCopy();
        strip(kept, 0);
        String text = Texts.storable(kept.toString());
        return text.length() > LONGEST ? null : text;
    }

    private static void strip(JsonNode node, int depth) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> DROPPED.contains(field.getKey()) || depth > 8
                    || field.getValue().isTextual() && field.getValue().textValue().length() > LONGEST_TEXT
                    || field.getValue().isArray() && field.getValue().size() > 64);
        }
        node.forEach(child -> strip(child, depth + 1));
    }
}
