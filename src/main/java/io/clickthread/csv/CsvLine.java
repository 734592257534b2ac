package io.clickthread.csv;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.http.Problem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A row as the API takes it.
 *
 * @param header  of the file
 * @param cells   as they are in the file
 * @param json    the fields of {@code POST /whatsapp/conversions}
 * @param refusal why the row cannot be taken, or null as far as the file alone tells
 */
public record CsvLine(CsvHeader header, String[] cells, ObjectNode json, Problem refusal) {

    private static final Pattern QUOTED = Pattern.compile("'([^']{1,40})'");

    /**
     * Why a row was refused, in the terms of its file.
     *
     * @param problem of {@link #refusal}, or the API's
     * @return every fault; with what the API says, the column's name in the file and the value
     */
    public String explain(Problem problem) {
        if (problem == refusal) {
            return problem.sentences();
        }
        if (problem.body().details() instanceof Map<?, ?> details && details.get("fields") instanceof Map<?, ?> fields) {
            return fields.entrySet().stream().map(one -> ((List<?>) one.getValue()).stream().map(Object::toString)
                    .collect(Collectors.joining(" ")) + where(columns(one.getKey().toString()))).collect(Collectors.joining(" "));
        }
        return explain(problem.getMessage());
    }

    /**
     * The same for a sentence, which names fields of the API or their values in quotes, or is about the contact.
     *
     * @param sentence of the API
     * @return the sentence, and the columns that it is about
     */
    public String explain(String sentence) {
        Set<String> about = new LinkedHashSet<>();
        Matcher quoted = QUOTED.matcher(sentence);
        while (quoted.find()) {
            for (int i = 0; i < cells.length; i++) {
                String field = header.fields().get(i);
                if (field != null && (field.equals(quoted.group(1)) || cells[i].equals(quoted.group(1)))) {
                    about.add(field);
                }
            }
        }
        if (about.isEmpty() && sentence.toLowerCase(java.util.Locale.ROOT).contains("conversation")) {
            header.contacts().stream().filter(field -> !cells[header.fields().indexOf(field)].isEmpty()).forEach(about::add);
        }
        return sentence + where(about);
    }

    /** A row that names no contact is told of every column that may. */
    private List<String> columns(String field) {
        return field.equals("conversationId") && !header.has(field) ? header.contacts() : List.of(field);
    }

    private String where(Collection<String> about) {
        return about.stream().filter(header::has).map(field -> {
            String cell = cells[header.fields().indexOf(field)];
            return " Column " + header.column(field) + (cell.isEmpty() ? " is empty." : " has " + CsvHeader.quoted(cell) + ".");
        }).collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return "CsvLine"; // it holds what is personal
    }
}
