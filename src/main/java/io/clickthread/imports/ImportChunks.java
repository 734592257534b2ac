package io.clickthread.imports;

import io.clickthread.conversion.BulkItem;
import io.clickthread.csv.CsvConversions;
import io.clickthread.csv.CsvHeader;
import io.clickthread.csv.CsvLine;
import io.clickthread.csv.CsvRows;
import io.clickthread.csv.CsvRows.Row;
import io.clickthread.csv.Dialect;
import io.clickthread.http.Problem;
import io.clickthread.security.Vault;
import io.clickthread.store.Rows;
import io.clickthread.system.ImportSettings;
import io.clickthread.system.Settings;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads the next rows of a file from where the last slice ended. */
@Component("importChunks")
public class ImportChunks {

    /** Whoever reads a slice may die over and over, but not for ever. */
    private static final int MOST_TRIES = 10;

    private final Vault vault;
    private final ImportSettings settings;

    ImportChunks(Vault vault, Settings settings) {
        this.vault = vault;
        this.settings = settings.imports();
    }

    /**
     * How long a slice may take.
     *
     * @return the parameters of {@code claim-import.sql}
     */
    public Map<String, Object> next() {
        return Map.of("leaseMillis", settings.lease().toMillis());
    }

    /**
     * Reads a slice.
     *
     * @param row    of {@code claim-import.sql}
     * @param chunks of {@code read-import-chunks.sql}
     * @return the slice; without rows if the import ends before its file does
     */
    public ImportChunk read(Map<String, Object> row, List<Map<String, Object>> chunks) {
        String id = Rows.text(row, "id");
        long from = number(row, "position");
        if (row.get("cancelled_at") != null) {
            return ended(row, "cancelled", null);
        }
        if (number(row, "tries") > MOST_TRIES) {
            return ended(row, "failed", "The rows from line " + row.get("line") + " on could not be read in " + MOST_TRIES
                    + " tries; the log says why.");
        }
        byte[] data = content(id, from, chunks);
        boolean last = from + data.length >= number(row, "bytes");
        Dialect dialect = Dialect.of(Rows.text(row, "dialect"), Rows.text(row, "header"));
        CsvHeader header = dialect.header(Rows.text(row, "header"));
        CsvRows rows = new CsvRows(data, last, (boolean) row.get("skipping"), header, dialect.charset());
        CsvConversions conversions = new CsvConversions(header, dialect, Rows.text(row, "account_id"), account -> null);
        List<BulkItem> items = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        List<CsvLine> lines = new ArrayList<>();
        while (items.size() < Math.min(settings.slice(), 1_000)) {
            Row next = rows.next();
            if (next == null) {
                break;
            }
            long number = number(row, "line") + next.line();
            CsvLine line = next.cells() == null ? null : conversions.read(next.cells());
            items.add(line == null ? new BulkItem(id(id, number), null, invalid(next.fault()))
                    : new BulkItem(id(id, number), line.json(), line.refusal()));
            numbers.add(number);
            lines.add(line);
        }
        long position = from + rows.position();
        boolean done = last && rows.position() == data.length;
        if (position == from && !done) {
            throw new IllegalStateException("Nothing to read at byte " + from + " of import " + id);
        }
        return new ImportChunk(id, (boolean) row.get("dry_run"), from, position, number(row, "line") + rows.lines(),
                rows.skipping(), done ? Long.MAX_VALUE : keepFrom(chunks, position), done ? "done" : "running", null,
                items, numbers, lines);
    }

    private static ImportChunk ended(Map<String, Object> row, String state, String reason) {
        long from = number(row, "position");
        return new ImportChunk(Rows.text(row, "id"), (boolean) row.get("dry_run"), from, from, number(row, "line"), false,
                Long.MAX_VALUE, state, reason, List.of(), List.of(), List.of());
    }

    /** The same row has the same id when it is read again after a crash, so that it does not count as its own repetition. */
    private static String id(String importId, long line) {
        return importId.substring(0, 8) + importId.substring(16) + HexFormat.of().toHexDigits(line, 8);
    }

    private byte[] content(String id, long from, List<Map<String, Object>> chunks) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Map<String, Object> chunk : chunks) {
            long start = number(chunk, "start_at");
            byte[] opened = vault.open((byte[]) chunk.get("body"), UploadedFile.owner(id, start));
            int skipped = (int) Math.min(opened.length, Math.max(0, from - start));
            content.write(opened, skipped, opened.length - skipped);
        }
        return content.toByteArray();
    }

    /** Where the piece begins that holds the position. */
    private static long keepFrom(List<Map<String, Object>> chunks, long position) {
        return chunks.stream().mapToLong(chunk -> number(chunk, "start_at")).filter(start -> start <= position).max()
                .orElse(position);
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    private static Problem invalid(String fault) {
        return Problem.invalid("invalid_csv", null, fault);
    }
}
