package io.clickthread.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.clickthread.http.Problem;
import java.util.Map;

/** The fields of one record. */
final class CsvFields {

    private static final CsvMapper CSV = CsvMapper.csvBuilder().enable(CsvParser.Feature.TRIM_SPACES).build();
    private static final Map<Character, ObjectReader> READERS = Map.of(',', reader(','), ';', reader(';'),
            '\t', reader('\t'), '|', reader('|'));

    private CsvFields() {
    }

    /**
     * Takes a record apart.
     *
     * @param record    one record; it may have line ends within quotes
     * @param delimiter between its fields: comma, semicolon, tab or pipe
     * @return the fields, without quotes and outer spaces; at least one
     * @throws Problem 400 if it is no CSV
     */
    static String[] read(String record, char delimiter) {
        try {
            String[] fields = READERS.get(delimiter).readValue(record);
            return fields == null ? new String[] {""} : fields;
        } catch (JsonProcessingException e) {
            throw Problem.invalid("invalid_csv", null, "The row cannot be taken apart: its quotes do not match.");
        }
    }

    private static ObjectReader reader(char delimiter) {
        return CSV.readerFor(String[].class).with(CsvSchema.emptySchema().withColumnSeparator(delimiter));
    }
}
