package io.clickthread.csv;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a column may be called. Case, accents, spaces and punctuation make no difference: {@code Event ID}, {@code event_id}
 * and {@code eventId} are one name. The names of the API come first; the other ones are read where no column has these.
 */
final class Columns {

    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{Nd}]+|\\p{M}+");

    /** The API's fields, and {@code country}, which says where a phone number without country code belongs. */
    private static final List<String> FIELDS = List.of("accountId", "conversationId", "phoneE164", "userId", "contactId",
            "country", "eventName", "eventId", "eventTime", "value", "currency", "contentIds", "email", "externalId", "testCode");
    private static final Map<String, String> OWN = new HashMap<>(Map.of("phone", "phoneE164"));
    private static final Map<String, String> OTHERS = new HashMap<>();

    static {
        FIELDS.forEach(field -> OWN.put(field.toLowerCase(Locale.ROOT), field));
        others("eventName", "event", "evento");
        others("eventTime", "time", "date", "datetime", "timestamp", "data", "datahora", "fecha", "fechahora");
        others("phoneE164", "phonenumber", "mobile", "whatsapp", "telefone", "telefono", "celular");
        others("value", "amount", "total", "valor", "importe", "monto");
        others("currency", "moeda", "moneda");
        others("email", "mail");
        others("country", "pais", "countrycode");
    }

    private Columns() {
    }

    private static void others(String field, String... names) {
        for (String name : names) {
            OTHERS.put(name, field);
        }
    }

    /** The field that a column of this name is, by the API's own names; null if it is none. */
    static String own(String name) {
        return OWN.get(plain(name));
    }

    /** The field that a column is commonly meant for by this name; null if it is none. */
    static String other(String name) {
        return OTHERS.get(plain(name));
    }

    /** A name without what makes no difference. */
    static String plain(String name) {
        return MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
