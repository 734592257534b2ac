package io.clickthread.conversion;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A decision about all conversions that a filter names, on its way through them. It goes from the oldest to the newest and
 * never back, so it ends even while those that were sent again come back.
 */
public final class BulkAction {

    /** So many in a statement: large enough to be quick, small enough to hold its rows for a moment only. */
    static final int STEP = 5_000;
    /** No caller waits longer, and no proxy before us cuts the connection; another call does the rest. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Action decision;
    private final String reason;
    private final ConversionFilter filter;
    private final boolean isDryRun;
    private final long maxAgeMillis;
    private final Instant end;
    private Map<String, Object> last;
    private List<String> chosen = List.of();
    private boolean isOpen = true;
    private boolean isComplete;
    private int matched;
    private int moved;
    private int tooOld;
    private int withoutClick;

    BulkAction(Action decision, String reason, ConversionFilter filter, boolean isDryRun, long maxAgeMillis, Instant now) {
        this.decision = decision;
        this.reason = reason;
        this.filter = filter;
        this.isDryRun = isDryRun;
        this.maxAgeMillis = maxAgeMillis;
        this.end = now.plus(PATIENCE);
    }

    /** Whether there may be more. */
    public boolean isOpen() {
        return isOpen;
    }

    /** Whether some were chosen that are to be moved now. */
    public boolean isMoving() {
        return !isDryRun && !chosen.isEmpty();
    }

    /** The parameters of {@code choose-dead-letters.sql}. */
    public Map<String, Object> choice() {
        Map<String, Object> choice = new HashMap<>(filter.parameters());
        choice.put("states", filter.states().toArray(String[]::new));
        choice.put("ids", filter.ids() == null ? null : filter.ids().toArray(String[]::new));
        choice.put("maxAgeMillis", maxAgeMillis);
        choice.put("after", last == null ? null : last.get("created_at"));
        choice.put("afterId", last == null ? null : last.get("id"));
        choice.put("limit", STEP);
        return choice;
    }

    /** Takes the next ones, and gives the parameters of {@code decide-conversions.sql} for those that can be moved. */
    Map<String, Object> take(List<Map<String, Object>> rows, Instant now) {
        isComplete = rows.size() < STEP;
        isOpen = !isComplete && now.isBefore(end);
        last = rows.isEmpty() ? last : rows.get(rows.size() - 1);
        boolean sends = decision != Action.CLOSE;
        List<Map<String, Object>> good = rows.stream()
                .filter(row -> !sends || isTrue(row, "has_click") && isTrue(row, "is_young")).toList();
        chosen = good.stream().map(row -> (String) row.get("id")).toList();
        matched += rows.size();
        if (sends) {
            int clickless = (int) rows.stream().filter(row -> !isTrue(row, "has_click")).count();
            withoutClick += clickless;
            tooOld += rows.size() - good.size() - clickless;
        }
        return move(decision, chosen, filter.states(), reason, maxAgeMillis);
    }

    /** Counts those that were moved. */
    void count(List<Map<String, Object>> rows) {
        moved += (int) rows.stream().filter(row -> isTrue(row, "moved")).count();
    }

    /** What it came to. */
    Map<String, Object> result() {
        Map<String, Object> result = new java.util.LinkedHashMap<>();
        result.put("matched", matched);
        result.put(decision.event(), moved);
        if (decision != Action.CLOSE) {
            result.put("tooOld", tooOld);
            result.put("withoutClick", withoutClick);
        }
        result.put("dryRun", isDryRun);
        result.put("complete", isComplete);
        return result;
    }

    /** The parameters of {@code decide-conversions.sql}. */
    static Map<String, Object> move(Action decision, List<String> ids, List<String> states, String reason,
                                    long maxAgeMillis) {
        Map<String, Object> move = new HashMap<>();
        move.put("ids", ids.toArray(String[]::new));
        move.put("states", states.toArray(String[]::new));
        move.put("to", decision.to());
        move.put("event", decision.event());
        move.put("reason", decision.reason(reason));
        move.put("maxAgeMillis", maxAgeMillis);
        return move;
    }

    static boolean isTrue(Map<String, Object> row, String column) {
        return Boolean.TRUE.equals(row.get(column));
    }
}
