package io.clickthread.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.http.Problem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;

/** A row of a file as the API has it: the fields of {@code POST /whatsapp/conversions}. An empty field was not given. */
final class CsvRow {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,13}(\\.\\d{1,9})?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");
    private static final Pattern BETWEEN_IDS = Pattern.compile("[|\\s]+");
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private CsvRow() {
    }

    /**
     * Names the fields of a row.
     *
     * @param fields    the header's fields, null for a column that is not read
     * @param values    the row's values, as many
     * @param accountId the account of the import
     * @return a JSON object; what it holds is judged by whoever takes it
     */
    static ObjectNode json(List<String> fields, String[] values, String accountId) {
        ObjectNode json = JSON.objectNode();
        json.put("accountId", accountId);
        for (int i = 0; i < values.length; i++) {
            String field = fields.get(i);
            if (field != null && !values[i].isEmpty()) {
                put(json, field, values[i]);
            }
        }
        return json;
    }

    /**
     * What a row says that the API's fields cannot.
     *
     * @param json      of {@link #json}
     * @param accountId the account of the import
     * @return why it is refused, or null
     */
    static Problem refusal(ObjectNode json, String accountId) {
        if (!json.path("accountId").asText().equals(accountId)) {
            return Problem.invalid("invalid_field_value", "accountId", "The row names another account than the import.");
        }
        if (json.path("eventTime").isTextual()) {
            return Problem.invalid("invalid_field_value", "eventTime", "'eventTime' must be Unix seconds, or a time with "
                    + "its offset such as 2026-11-22T09:00:00Z.");
        }
        return null;
    }

    private static void put(ObjectNode json, String field, String value) {
        switch (field) {
            case "value" -> {
                if (NUMBER.matcher(value).matches()) {
                    json.put(field, new BigDecimal(value));
                } else {
                    json.put(field, value);
                }
            }
            case "eventTime" -> putTime(json, field, value);
            case "contentIds" -> BETWEEN_IDS.splitAsStream(value).filter(id -> !id.isEmpty())
                    .forEach(json.withArray(field)::add);
            default -> json.put(field, value);
        }
    }

    private static void putTime(ObjectNode json, String field, String value) {
        if (SECONDS.matcher(value).matches()) {
            json.put(field, new BigDecimal(value));
            return;
        }
        try {
            boolean spaced = value.length() > 10 && value.charAt(10) == ' ';
            json.put(field, OffsetDateTime.parse(spaced ? value.replaceFirst(" ", "T") : value).toEpochSecond());
        } catch (DateTimeException e) {
            json.put(field, value);
        }
    }
}
