package io.clickthread.webhook.fuzz;

import java.util.List;
import java.util.Random;

/** Values that have broken parsers, stores or assumptions before, as they stand in JSON. */
final class Hostile {

    private static final List<String> VALUES = List.of("null", "true", "false", "0", "-1", "1", "1.5", "-0.0", "1e400",
            "1e999999999", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1763800000", "1763800000000",
            "{}", "[]", "[[]]", "[null]", "[{}]", "{\"\":{}}", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"",
            "\"\\ude00x\"", "\"\\ud83d\\ude00\"", "\"\\u202e\\u200f\"", "\"null\"", "\"true\"", "\"0\"", "\"-1\"", "\"1763800000000000\"",
            "\"2026-11-01T10:00:00Z\"", "\"+999999999-12-31T23:59:59Z\"", "\"2026-02-30T25:61:00+99:00\"", "\"messages\"", "\"system\"",
            "\"incoming\"", "\"outgoing\"", "\"whatsapp\"", "\"+15550100299\"", "\"whatsapp:+15550100299\"", "\"15550100299@s.whatsapp.net\"",
            "\"15550100299:12@s.whatsapp.net\"", "\"98765432101234@lid\"", "\"120363194291234567@g.us\"", "\"status@broadcast\"",
            "\"@@@@@@@\"", "\"++++15550100299\"", "\"00000000000000000000\"", "\"\\u0661\\u0662\\u0663\\u0664\\u0665\\u0666\\u0667\"",
            "\"'; drop table click; --\"", "\"${body}\"", "\"${bean:vault?method=keyId}\"", "\"{{clickthread.api-key}}\"", "\":#name\"",
            "\"%s%n\"", "\"%00\"", "\"../../etc/passwd\"", "\"{\\\"ctwa_clid\\\":\\\"inside a text\\\"}\"", "{\"ctwa_clid\":{}}",
            "{\"ctwa_clid\":[\"a\"]}", "{\"0\":1,\"1\":2}", "{\"type\":\"user_changed_number\",\"wa_id\":\"15550100298\"}");

    private Hostile() {
    }

    /** A value that every JSON parser reads. */
    static String value(Random random) {
        int kind = random.nextInt(100);
        if (kind == 0) {
            return '"' + "x".repeat(random.nextInt(100_000)) + '"';
        }
        if (kind == 1) {
            return "[" + "1,".repeat(random.nextInt(2_000)) + "1]";
        }
        if (kind == 2) {
            return nested(random.nextInt(300));
        }
        if (kind == 3) {
            return "{" + "\"a\":{},".repeat(random.nextInt(500)) + "\"a\":1}";
        }
        if (kind < 10) {
            StringBuilder text = new StringBuilder("\"");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(String.format("\\u%04x", random.nextInt(0x10000)));
            }
            return text.append('"').toString();
        }
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    /** A value that a JSON parser may refuse, or should. */
    static String wildValue(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextBoolean() ? "NaN" : "1e9999999999";
            case 1 -> "-Infinity";
            case 2 -> "1".repeat(random.nextInt(5_000) + 1);
            case 3 -> "[".repeat(random.nextInt(20_000));
            case 4 -> nested(random.nextInt(5_000));
            case 5 -> "\"\\x\"";
            case 6 -> "\"\u0001\"";
            case 7 -> "01";
            case 8 -> "{\"a\":}";
            case 9 -> "{\"" + "k".repeat(random.nextInt(60_000)) + "\":1}";
            default -> value(random);
        };
    }

    private static String nested(int depth) {
        return "{\"contextInfo\":".repeat(depth) + "[]" + "}".repeat(depth);
    }
}
