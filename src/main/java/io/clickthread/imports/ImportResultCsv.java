package io.clickthread.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.clickthread.csv.SafeCells;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;

/** The outcomes of an import as CSV, read page by page while it is downloaded: a page is all that is in memory. */
final class ImportResultCsv extends InputStream {

    private static final CsvMapper CSV = new CsvMapper();
    private static final ObjectWriter ROWS = CSV.writer(CSV.schemaFor(Row.class).withoutHeader());

    private final LongFunction<List<Map<String, Object>>> behind;
    private byte[] page = "line,eventId,outcome,code,reason\n".getBytes(StandardCharsets.UTF_8);
    private int next;
    private long line;
    private long unlisted;

    /**
     * Sets it up.
     *
     * @param behind   the outcomes behind a line, a page of them; none at the end
     * @param unlisted how many more were counted, which the last line says
     */
    ImportResultCsv(LongFunction<List<Map<String, Object>>> behind, long unlisted) {
        this.behind = behind;
        this.unlisted = unlisted;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (next == page.length) {
            page = nextPage();
            next = 0;
        }
        if (page.length == 0) {
            return -1;
        }
        int count = Math.min(length, page.length - next);
        System.arraycopy(page, next, into, offset, count);
        next += count;
        return count;
    }

    private byte[] nextPage() throws JsonProcessingException {
        List<Map<String, Object>> rows = behind.apply(line);
        if (rows.isEmpty() && unlisted > 0) {
            String last = ",,,unlisted," + unlisted + " more rows were counted and are not listed\n";
            unlisted = 0;
            return last.getBytes(StandardCharsets.UTF_8);
        }
        if (rows.isEmpty()) {
            return new byte[0];
        }
        line = ((Number) rows.get(rows.size() - 1).get("line")).longValue();
        return ROWS.writeValueAsBytes(rows.stream().map(Row::of).toList());
    }

    /** A line of the file. */
    @com.fasterxml.jackson.annotation.JsonPropertyOrder({"line", "eventId", "outcome", "code", "reason"})
    private record Row(long line, String eventId, String outcome, String code, String reason) {

        private static Row of(Map<String, Object> row) {
            return new Row(((Number) row.get("line")).longValue(), SafeCells.of((String) row.get("event_id")),
                    (String) row.get("outcome"), (String) row.get("code"), SafeCells.of((String) row.get("reason")));
        }

        @Override
        public String toString() {
            return "Row[" + line + "]";
        }
    }
}
