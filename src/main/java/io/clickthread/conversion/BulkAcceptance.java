package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.conversion.BulkResult.Outcome;
import io.clickthread.http.Problem;
import io.clickthread.store.Rows;
import io.clickthread.store.SqlStates;
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
@Component("bulkAcceptance")
public class BulkAcceptance {

    private final Acceptance acceptance;
    private final ConversionLog log;

    BulkAcceptance(Acceptance acceptance, ConversionLog log) {
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
            halves.addAll(acceptGood(good.subList(good.size() / 2, good.size())));
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
        return columns(rows, "id", "accountId", "aliases", "datasetId", "eventName", "eventId");
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
     * Which of them were there before, so that the first ones can be named.
     *
     * @param entries of {@link #accept}
     * @return the parameters of {@code find-conversions-by-events.sql}
     */
    public Map<String, Object> repeated(List<BulkEntry> entries) {
        List<Map<String, Object>> rows = entries.stream().filter(entry -> entry.row() != null
                && entry.row().get("accepted_id") == null && entry.row().get("state") != null)
                .map(BulkEntry::parameters).toList();
        return columns(rows, "id", "datasetId", "eventName", "eventId");
    }

    /**
     * What became of each.
     *
     * @param entries of {@link #accept}
     * @param firsts  of {@code find-conversions-by-events.sql}
     * @return a result for each, in their order
     */
    public List<BulkResult> results(List<BulkEntry> entries, List<Map<String, Object>> firsts) {
        Map<Object, Map<String, Object>> byId = new HashMap<>();
        firsts.forEach(first -> byId.put(first.get("asked_id"), first));
        return entries.stream().map(entry -> result(entry, byId)).toList();
    }

    private BulkResult result(BulkEntry entry, Map<Object, Map<String, Object>> firsts) {
        if (entry.problem() != null) {
            return new BulkResult(entry.eventId(), Outcome.REFUSED, null, null, entry.problem());
        }
        try {
            Taken taken = acceptance.taken(entry.parameters(), entry.row());
            if (!taken.repeated()) {
                return new BulkResult(entry.eventId(), Outcome.QUEUED, taken.conversionId(), null, null);
            }
        } catch (Problem problem) {
            return new BulkResult(entry.eventId(), Outcome.REFUSED, null, null, problem);
        }
        Map<String, Object> first = firsts.getOrDefault(entry.parameters().get("id"), Map.of());
        String id = Rows.text(first, "id");
        return entry.parameters().get("id").equals(id)
                ? new BulkResult(entry.eventId(), Outcome.QUEUED, id, null, null) // it was itself, before a crash
                : new BulkResult(entry.eventId(), Outcome.REPEATED, id,
                        id == null ? null : States.shown(Rows.text(first, "state")), null);
    }

    private static Map<String, Object> columns(List<Map<String, Object>> rows, String... names) {
        Map<String, Object> columns = new HashMap<>();
        for (String name : names) {
            columns.put(name, rows.stream().map(row -> (String) row.get(name)).toArray(String[]::new));
        }
        if (columns.containsKey("aliases")) {
            columns.put("lastClick", rows.stream().map(row -> row.get("lastClick").toString()).toArray(String[]::new));
        }
        return columns;
    }
}
