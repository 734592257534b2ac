package io.clickthread.imports;

import io.clickthread.conversion.BulkResult;
import io.clickthread.conversion.BulkResult.Outcome;
import io.clickthread.csv.CsvLine;
import io.clickthread.system.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a slice of a file brought, to be written down. */
@Component("importChunkResult")
public class ImportChunkResult {

    private final long maxOutcomes;

    ImportChunkResult(Settings settings) {
        this.maxOutcomes = settings.imports().maxOutcomes();
    }

    /**
     * Counts, and says of every row that was not taken why; of a dry run, of every row what would become of it.
     *
     * @param slice   the slice
     * @param results of its rows, in their order
     * @return the parameters of {@code save-import-slice.sql}
     */
    public Map<String, Object> row(ImportChunk slice, List<BulkResult> results) {
        List<Long> lines = new ArrayList<>();
        List<BulkResult> told = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            if (slice.dryRun() || results.get(i).outcome() != Outcome.QUEUED) {
                lines.add(slice.numbers().get(i));
                reasons.add(storable(reason(results.get(i), slice.lines().get(i))));
                told.add(results.get(i));
            }
        }
        Map<String, Object> row = new HashMap<>();
        row.put("id", slice.importId());
        row.put("from", slice.from());
        row.put("position", slice.position());
        row.put("line", slice.line());
        row.put("skipping", slice.skipping());
        row.put("keepFrom", slice.keepFrom());
        row.put("state", slice.state());
        row.put("reason", slice.reason());
        row.put("rows", results.size());
        row.put("accepted", count(results, Outcome.QUEUED));
        row.put("repeated", count(results, Outcome.REPEATED));
        row.put("refused", count(results, Outcome.REFUSED));
        row.put("maxOutcomes", maxOutcomes);
        row.put("lines", lines.toArray(Long[]::new));
        row.put("eventIds", told.stream().map(BulkResult::eventId).map(ImportChunkResult::storable).toArray(String[]::new));
        row.put("outcomes", told.stream().map(one -> one.outcome().name().toLowerCase(Locale.ROOT)).toArray(String[]::new));
        row.put("codes", told.stream().map(ImportChunkResult::code).toArray(String[]::new));
        row.put("reasons", reasons.toArray(String[]::new));
        return row;
    }

    private static long count(List<BulkResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    private static String code(BulkResult result) {
        return switch (result.outcome()) {
            case QUEUED -> "";
            case REPEATED -> "repeated";
            case REFUSED -> result.problem().body().code();
        };
    }

    private static String reason(BulkResult result, CsvLine line) {
        return switch (result.outcome()) {
            case QUEUED -> "It would be taken.";
            case REPEATED -> result.conversionId() == null ? "This event comes twice in the file."
                    : "This event was taken before, as conversion " + result.conversionId() + ".";
            case REFUSED -> line == null ? result.problem().sentences() : line.explain(result.problem());
        };
    }

    /** PostgreSQL stores no NUL. */
    private static String storable(String text) {
        return text == null ? null : text.replace("\0", "");
    }
}
