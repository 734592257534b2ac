package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.contact.Phones;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Takes values out of a webhook's JSON such that PostgreSQL can store and index them. */
final class JsonValues {

    /** The longest identity: four UTF-8 bytes a character stay under an index entry's 2,704 bytes. */
    private static final int IDENTITY = 512;
    private static final int LINE = 4_096;
    private static final long MILLIS = 100_000_000_000L; // as seconds, the year 5138
    private static final long DAY = 86_400;
    private static final int LONGEST_AMOUNT = 30; // digits

    /** With a colon in the offset or without, as Infobip writes it. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]").toFormatter(Locale.ROOT);

    private JsonValues() {
    }

    /** An id, exactly as it came; null for none, an empty or an overlong one, or one that is no text or number. */
    static String identity(JsonNode node) {
        String text = text(node);
        return text == null || text.isEmpty() || text.length() > IDENTITY ? null : text;
    }

    /** A phone number's digits with country code, whether it came with a plus or not; null for anything without. */
    static String phone(JsonNode node) {
        return Phones.digits(text(node));
    }

    /** A describing text, cut at 4,096 characters; null for none or an empty one. */
    static String line(JsonNode node) {
        String text = text(node);
        return text == null || text.isEmpty() ? null : text.length() <= LINE ? text : clean(text.substring(0, LINE));
    }

    /** A text such that PostgreSQL can store it. */
    static String storable(String text) {
        return clean(text);
    }

    /** Unix seconds, sent as text, as a number, in milliseconds or as ISO 8601; now, for a time that cannot be true. */
    static long seconds(JsonNode node) {
        long now = System.currentTimeMillis() / 1000;
        long time;
        try {
            String text = String.valueOf(node.textValue()).trim();
            time = node.isNumber() ? node.asLong() : text.indexOf('T') > 0
                    ? OffsetDateTime.parse(text, ISO).toEpochSecond() : Long.parseLong(text);
        } catch (NumberFormatException | DateTimeException e) {
            return now;
        }
        time = time >= MILLIS ? time / 1000 : time;
        return time <= 0 || time > now + DAY ? now : time;
    }

    /**
     * An amount that is sent in thousandths, as Meta does in whatever currency; null for none, or one that no shop has: an
     * exponent of nine digits would be a number of a gigabyte once it is written out.
     */
    static BigDecimal thousandths(JsonNode node) {
        try {
            BigDecimal thousandths = node.isNumber() ? node.decimalValue()
                    : node.isTextual() && node.textValue().length() <= LONGEST_AMOUNT ? new BigDecimal(node.textValue()) : null;
            if (thousandths == null || Math.abs((long) thousandths.scale()) > LONGEST_AMOUNT
                    || thousandths.precision() > LONGEST_AMOUNT) {
                return null;
            }
            BigDecimal amount = thousandths.scaleByPowerOfTen(-3).stripTrailingZeros();
            return amount.scale() < 0 ? amount.setScale(0) : amount;
        } catch (NumberFormatException e) {
            return null;
        }
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
