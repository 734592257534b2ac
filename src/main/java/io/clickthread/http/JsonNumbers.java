package io.clickthread.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers in JSON, exact and no longer than an amount or a time is. */
final class JsonNumbers {

    private static final int MOST_BEFORE = 18;
    private static final int MOST_BEHIND = 10;
    private static final Pattern QUOTED = Pattern.compile("[-+]?[0-9][0-9., ]*");

    private JsonNumbers() {
    }

    /** The number; null for what is none, or has more than 18 digits before or 10 behind the point. */
    static BigDecimal exact(JsonNode node) {
        BigDecimal number = node.isNumber() ? node.decimalValue() : null;
        // The exponent is looked at first: 1e999999999 written out would fill the memory.
        if (number == null || number.scale() > MOST_BEHIND || (long) number.precision() - number.scale() > MOST_BEFORE) {
            return null;
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    /** What to send instead, as the rest of a sentence. */
    static String advice(JsonNode node, String example) {
        return !node.isTextual() ? " with at most " + MOST_BEFORE + " digits before and " + MOST_BEHIND + " behind the point."
                : (QUOTED.matcher(node.textValue()).matches() ? ": write it without quotes, for example " : ", for example ")
                        + example + ".";
    }
}
