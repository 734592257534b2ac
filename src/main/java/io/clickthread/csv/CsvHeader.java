package io.clickthread.csv;

import io.clickthread.http.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The first row of a file: which field of a conversion is in which column.
 *
 * @param text      the row as it stands in the file
 * @param delimiter comma, semicolon, tab or pipe
 * @param names     the columns' names as the file has them
 * @param fields    for each column the API's field, or null if it is not read
 */
public record CsvHeader(String text, char delimiter, List<String> names, List<String> fields) {

    /** What may be between fields; among equals the first is taken. */
    static final List<Character> DELIMITERS = List.of(';', ',', '\t', '|');

    private static final List<String> CONTACT = List.of("phoneE164", "conversationId", "userId", "contactId");

    /**
     * Reads the row.
     *
     * @param text      without its line end
     * @param delimiter of the file
     * @return what it says
     * @throws Problem 400 if it misses a column, or has one twice
     */
    public static CsvHeader of(String text, char delimiter) {
        List<String> names = Arrays.asList(CsvFields.read(text, delimiter));
        List<String> fields = new ArrayList<>();
        names.forEach(name -> add(fields, names, Columns.own(name)));
        for (int i = 0; i < names.size(); i++) {
            String other = Columns.other(names.get(i));
            if (other != null && names.stream().noneMatch(name -> other.equals(Columns.own(name)))) {
                int first = fields.indexOf(other);
                if (first >= 0) {
                    throw refused("The file's header has two columns that may be '" + other + "': " + quoted(names.get(first))
                            + " and " + quoted(names.get(i)) + ". Name the one that is meant '" + other + "'.");
                }
                fields.set(i, other);
            }
        }
        for (String needed : List.of("eventId", "eventName")) {
            if (!fields.contains(needed)) {
                throw refused("The file's header has no column '" + needed + "'.");
            }
        }
        if (fields.stream().noneMatch(CONTACT::contains)) {
            throw refused("The file's header has neither a column 'phone' nor a column 'conversationId'.");
        }
        return new CsvHeader(text, delimiter, names, fields);
    }

    private static void add(List<String> fields, List<String> names, String field) {
        if (field != null && fields.contains(field)) {
            throw refused("The file's header has two columns for '" + field + "': " + quoted(names.get(fields.indexOf(field)))
                    + " and " + quoted(names.get(fields.size())) + ".");
        }
        fields.add(field);
    }

    /**
     * The delimiter that makes most sense of a row: the one that gives most columns with a known name, then most columns.
     *
     * @param text the row
     * @return comma, if it has none at all
     */
    static char delimiter(String text) {
        char best = ',';
        long most = 1;
        for (char delimiter : DELIMITERS) {
            try {
                String[] names = CsvFields.read(text, delimiter);
                long score = names.length + 1_000_000 * Arrays.stream(names)
                        .filter(name -> Columns.own(name) != null || Columns.other(name) != null).count();
                if (names.length > 1 && score > most) {
                    most = score;
                    best = delimiter;
                }
            } catch (Problem notThisOne) {
                continue;
            }
        }
        return best;
    }

    /**
     * The columns that are not read.
     *
     * @return up to 100 of their names as the file has them, without those that have none; null if there are none
     */
    List<String> ignored() {
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < names.size() && ignored.size() < 100; i++) {
            if (fields.get(i) == null && !names.get(i).isBlank()) {
                ignored.add(names.get(i));
            }
        }
        return ignored.isEmpty() ? null : ignored;
    }

    /** How many fields a row must have: those behind the last one that every row needs may be missing if they are empty. */
    int least() {
        int contact = (int) fields.stream().takeWhile(field -> field == null || !CONTACT.contains(field)).count();
        return 1 + Math.max(contact, Math.max(fields.indexOf("eventId"), fields.indexOf("eventName")));
    }

    /** Whether a field has a column. */
    boolean has(String field) {
        return fields.contains(field);
    }

    /** The column of a field as a sentence names it. */
    String column(String field) {
        return quoted(names.get(fields.indexOf(field)));
    }

    /** The fields by which a row names its contact, in the order of the file. */
    List<String> contacts() {
        return fields.stream().filter(Objects::nonNull).filter(CONTACT::contains).toList();
    }

    static Problem refused(String fault) {
        return Problem.invalid("invalid_csv", null, fault + " The first line names the columns, with commas, semicolons, tabs "
                + "or pipes between them, for example: eventId,eventName,eventTime,phone,value,currency");
    }

    /** A text of the file in quotes, cut to 40 characters. */
    static String quoted(String text) {
        return '"' + (text.codePointCount(0, text.length()) <= 40 ? text
                : text.substring(0, text.offsetByCodePoints(0, 40)) + "…") + '"';
    }

    @Override
    public String toString() {
        return "CsvHeader[" + names.size() + " columns]"; // the rest is a person's
    }
}
