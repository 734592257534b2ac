package io.clickthread.imports;

import io.clickthread.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The first line of a file: which delimiter it has and which field of a conversion is in which column. Names are those of
 * the API or their snake_case forms, in any case; a column of another name is not read.
 *
 * @param delimiter comma or semicolon
 * @param fields    for each column the API's field, or null
 */
record CsvHeader(char delimiter, List<String> fields) {

    private static final Map<String, String> KNOWN = Map.ofEntries(Map.entry("eventid", "eventId"),
            Map.entry("eventname", "eventName"), Map.entry("eventtime", "eventTime"), Map.entry("phone", "phoneE164"),
            Map.entry("phonee164", "phoneE164"), Map.entry("conversationid", "conversationId"),
            Map.entry("value", "value"), Map.entry("currency", "currency"), Map.entry("email", "email"),
            Map.entry("externalid", "externalId"), Map.entry("contentids", "contentIds"),
            Map.entry("testcode", "testCode"), Map.entry("accountid", "accountId"));

    /**
     * Reads the line.
     *
     * @param line without its end
     * @return what it says
     * @throws Problem 400 if it misses a column, or has one twice
     */
    static CsvHeader of(String line) {
        char delimiter = line.chars().filter(c -> c == ';').count() > line.chars().filter(c -> c == ',').count() ? ';' : ',';
        List<String> fields = new ArrayList<>();
        for (String name : CsvFields.read(line, delimiter)) {
            String field = KNOWN.get(name.toLowerCase(Locale.ROOT).replaceAll("[_\\s-]", ""));
            if (field != null && fields.contains(field)) {
                throw refused("The file's header has two columns for '" + field + "'.");
            }
            fields.add(field);
        }
        for (String needed : List.of("eventId", "eventName")) {
            if (!fields.contains(needed)) {
                throw refused("The file's header has no column '" + needed + "'.");
            }
        }
        if (!fields.contains("phoneE164") && !fields.contains("conversationId")) {
            throw refused("The file's header has neither a column 'phone' nor a column 'conversationId'.");
        }
        return new CsvHeader(delimiter, fields);
    }

    static Problem refused(String fault) {
        return Problem.invalid("invalid_csv", null, fault + " The first line names the columns, in UTF-8, with a comma or "
                + "a semicolon between them, for example: eventId,eventName,eventTime,phone,value,currency");
    }
}
