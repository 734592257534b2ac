package io.clickthread.imports;

import io.clickthread.conversion.BulkResult;
import io.clickthread.conversion.BulkResult.Outcome;
import io.clickthread.http.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a slice of a file brought, to be written down. */
@Component("sliceOutcome")
public class SliceOutcome {

    /**
     * Counts, and says of every row that was not taken why; of a dry run, of every row what would become of it.
     *
     * @param slice   the slice
     * @param results of its rows, in their order
     * @return the parameters of {@code save-import-slice.sql}
     */
    public Map<String, Object> row(Slice slice, List<BulkResult> results) {
        List<Long> lines = new ArrayList<>();
        List<BulkResult> told = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            if (slice.dryRun() || results.get(i).outcome() != Outcome.QUEUED) {
                lines.add(slice.lines().get(i));
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
        row.put("lines", lines.toArray(Long[]::new));
        row.put("eventIds", told.stream().map(BulkResult::eventId).map(SliceOutcome::storable).toArray(String[]::new));
        row.put("outcomes", told.stream().map(one -> one.outcome().name().toLowerCase(Locale.ROOT)).toArray(String[]::new));
        row.put("codes", told.stream().map(SliceOutcome::code).toArray(String[]::new));
        row.put("reasons", told.stream().map(SliceOutcome::reason).toArray(String[]::new));
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

    private static String reason(BulkResult result) {
        return switch (result.outcome()) {
            case QUEUED -> "It would be taken.";
            case REPEATED -> result.conversionId() == null ? "This event comes twice in the file."
                    : "This event was taken before, as conversion " + result.conversionId() + ".";
            case REFUSED -> sentences(result.problem());
        };
    }

    /** All faults of a row, not just the first. */
    private static String sentences(Problem problem) {
        return problem.body().details() instanceof Map<?, ?> details && details.get("fields") instanceof Map<?, ?> fields
                ? fields.values().stream().flatMap(faults -> ((List<?>) faults).stream()).map(Object::toString)
                        .collect(Collectors.joining(" "))
                : problem.getMessage();
    }

    /** PostgreSQL stores no NUL. */
    private static String storable(String eventId) {
        return eventId == null ? null : eventId.replace("\0", "");
    }
}
