package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.conversion.BulkResult.Outcome;
import io.clickthread.http.IgnoredFields;
import io.clickthread.http.Problem;
import io.clickthread.store.SqlStates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Takes many conversions together: each is judged alone, so that a bad one costs its neighbours nothing, and all are made
 * durable in one statement.
 */
@Component("bulkIntake")
public class BulkIntake {

    /** The parameters of {@code match-conversions.sql}. */
    private static final List<String> COLUMNS = List.of("id", "accountId", "aliases", "lastClick", "datasetId", "eventName",
            "eventId", "value", "currency", "contentIds", "emailHash", "externalIdHash", "testCode", "givenTime", "customData");

    private final ConversionIntake acceptance;
    private final ConversionLog log;

    BulkIntake(ConversionIntake acceptance, ConversionLog log) {
        this.acceptance = acceptance;
        this.log = log;
    }

    /**
     * Reads the conversions one by one.
     *
     * @param items up to 1,000
     * @return an entry for each, in their order, with parameters or a problem
     */
    public List<BulkEntry> read(List<BulkItem> items) {
        return items.stream().map(this::read).toList();
    }

    private BulkEntry read(BulkItem item) {
        JsonNode eventId = item.fields() == null ? null : item.fields().get("eventId");
        BulkEntry entry = new BulkEntry(eventId == null || eventId.asText().length() > 512 ? null : eventId.textValue(),
                null, null, item.refusal());
        if (item.refusal() != null) {
            return entry;
        }
        try {
            Map<String, Object> parameters = acceptance.readQueued(item.fields());
            if (item.id() != null) {
                parameters.put("id", item.id());
            }
            return new BulkEntry(entry.eventId(), parameters, null, null);
        } catch (Problem problem) {
            return entry.refused(problem);
        }
    }

    /**
     * Makes them durable. If the database refuses a value of one, halves are tried, down to the one at fault.
     *
     * @param entries of {@link #read}
     * @return the same, with what the database answered
     * @throws RuntimeException if the database is away; halves that were taken by then are repetitions later
     */
    public List<BulkEntry> accept(List<BulkEntry> entries) {
        List<BulkEntry> good = entries.stream().filter(entry -> entry.parameters() != null).toList();
        Iterator<BulkEntry> answered = good.isEmpty() ? good.iterator() : acceptGood(good).iterator();
        return entries.stream().map(entry -> entry.parameters() == null ? entry : answered.next()).toList();
    }

    private List<BulkEntry> acceptGood(List<BulkEntry> good) {
        List<Map<String, Object>> rows;
        try {
            rows = log.acceptAll(good.stream().map(BulkEntry::parameters).toList());
        } catch (RuntimeException e) {
            if (!SqlStates.isDataFault(e)) {
                throw e;
            }
            if (good.size() == 1) {
                return List.of(good.get(0).refused(Problem.invalid("invalid_field_value", null,
                        "The database does not take a value of this conversion.")));
            }
            List<BulkEntry> halves = new ArrayList<>(acceptGood(good.subList(0, good.size() / 2)));
            try {
                halves.addAll(acceptGood(good.subList(good.size() / 2, good.size())));
            } catch (RuntimeException second) {
                throw ConversionLog.storedInPart(second);
            }
            return halves;
        }
        List<BulkEntry> answered = new ArrayList<>();
        for (int i = 0; i < good.size(); i++) {
            answered.add(good.get(i).answered(rows.get(i)));
        }
        return answered;
    }

    /**
     * What would be taken, to be looked up without storing anything.
     *
     * @param entries of {@link #read}
     * @return the parameters of {@code match-conversions.sql}
     */
    public Map<String, Object> candidates(List<BulkEntry> entries) {
        List<Map<String, Object>> rows = entries.stream().map(BulkEntry::parameters).filter(Objects::nonNull).toList();
        Map<String, Object> columns = new HashMap<>();
        for (String name : COLUMNS) {
            columns.put(name, rows.stream().map(row -> text(row.get(name))).toArray(String[]::new));
        }
        return columns;
    }

    /**
     * Joins what was looked up.
     *
     * @param entries of {@link #read}
     * @param rows    of {@code match-conversions.sql}
     * @return the entries as {@link #accept} would give them
     */
    public List<BulkEntry> matched(List<BulkEntry> entries, List<Map<String, Object>> rows) {
        Map<Object, Map<String, Object>> byId = new HashMap<>();
        rows.forEach(row -> byId.put(row.get("id"), row));
        return entries.stream().map(entry -> entry.parameters() == null ? entry
                : entry.answered(byId.get(entry.parameters().get("id")))).toList();
    }

    /**
     * What became of each.
     *
     * @param entries of {@link #accept} or {@link #matched}
     * @return a result for each, in their order
     */
    public List<BulkResult> results(List<BulkEntry> entries) {
        return entries.stream().map(this::result).toList();
    }

    private BulkResult result(BulkEntry entry) {
        Problem problem = entry.problem();
        List<String> ignored = problem == null ? ConversionIntake.ignored(entry.parameters()) : IgnoredFields.of(problem.headers());
        if (problem == null) {
            try {
                SubmissionResult taken = acceptance.taken(entry.parameters(), entry.row());
                return new BulkResult(entry.eventId(), taken.repeated() ? Outcome.REPEATED : Outcome.QUEUED,
                        taken.conversionId(), taken.status(), null, ignored);
            } catch (Problem refusal) {
                problem = refusal;
            }
        }
        return new BulkResult(entry.eventId(), Outcome.REFUSED, null, null, problem, ignored);
    }

    private static String text(Object value) {
        return value == null ? null : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
