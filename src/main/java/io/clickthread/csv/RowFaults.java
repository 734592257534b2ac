package io.clickthread.csv;

import io.clickthread.http.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a row, each fault with the column as the file has it and the value. */
final class RowFaults {

    private final CsvHeader header;
    private final String[] cells;
    private final Map<String, List<String>> faults = new LinkedHashMap<>();

    RowFaults(CsvHeader header, String[] cells) {
        this.header = header;
        this.cells = cells;
    }

    /**
     * Notes a fault.
     *
     * @param field the API's field
     * @param rest  of a sentence that begins with the field, its column and its value
     */
    void add(String field, String rest) {
        faults.computeIfAbsent(field, key -> new ArrayList<>()).add("'" + field + "' cannot be taken: column "
                + header.column(field) + " has " + CsvHeader.quoted(cells[header.fields().indexOf(field)]) + ", which " + rest);
    }

    /** Every fault as one problem; null if there is none. */
    Problem problem() {
        return faults.isEmpty() ? null : Problem.invalidFields(faults);
    }
}
