package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes values out of a webhook's JSON such that PostgreSQL can store and index them. */
final class Texts {

    /** The longest identity: four UTF-8 bytes a character stay under an index entry's 2,704 bytes. */
    private static final int IDENTITY = 512;
    private static final int LINE = 4_096;
    private static final int PHONE = 32;
    private static final long MILLIS = 100_000_000_000L; // as seconds, the year 5138
    private static final long DAY = 86_400;

    private Texts() {
    }

    /** An id, exactly as it came; null for none, an empty or an overlong one, or one that is no text or number. */
    static String identity(JsonNode node) {
        String text = text(node);
        return text == null || text.isEmpty() || text.length() > IDENTITY ? null : text;
    }

    /** A phone number's digits with country code, whether it came with a plus or not; null for anything without. */
    static String phone(JsonNode node) {
        String text = text(node);
        if (text == null || text.length() > PHONE) {
            return null;
        }
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.isEmpty() ? null : digits.toString();
    }

    /** A describing text, cut at 4,096 characters; null for none or an empty one. */
    static String line(JsonNode node) {
        String text = text(node);
        return text == null || text.isEmpty() ? null : text.length() <= LINE ? text : clean(text.substring(0, LINE));
    }

    /** Unix seconds, sent as text, as a number, or in milliseconds; now, for a time that cannot be true. */
    static long seconds(JsonNode node) {
        long now = System.currentTimeMillis() / 1000;
        long time;
        try {
            time = node.isNumber() ? node.asLong() : Long.parseLong(String.valueOf(node.textValue()).trim());
        } catch (NumberFormatException e) {
            return now;
        }
        time = time >= MILLIS ? time / 1000 : time;
        return time <= 0 || time > now + DAY ? now : time;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? clean(node.textValue()) : node.isNumber() ? node.asText() : null;
    }

    /** Replaces what PostgreSQL's UTF-8 cannot hold: NUL and halves of surrogate pairs. */
    private static String clean(String text) {
        StringBuilder cleaned = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                cleaned = cleaned == null ? new StringBuilder(text) : cleaned;
                cleaned.setCharAt(i, '\uFFFD');
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }
}
