package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.http.Cursor;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Times;
import io.clickthread.store.Rows;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One page of what a filter names, on its way through the adapters again, the oldest first. It ends before a caller or a
 * proxy loses patience; its cursor says where the next one goes on.
 */
public final class ReplayRound {

    private static final int MOST = 1_000;
    private static final int STANDARD = 500;
    private static final int SHOWN = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> parameters = new HashMap<>();
    private final boolean isDryRun;
    private final int size;
    private final Instant end;
    private List<Map<String, Object>> rows = List.of();
    private int done;
    private int changed;
    private int clicks;
    private int left;
    private final List<Map<String, Object>> changes = new ArrayList<>();
    private RuntimeException fault;

    /**
     * Reads what both kinds of filters have.
     *
     * @param body   the request's
     * @param known  the names of all its fields
     * @param texts  those of them that are texts to compare with
     * @param now    the time
     */
    ReplayRound(JsonNode body, Set<String> known, List<String> texts, Instant now) {
        JsonFields fields = new JsonFields(body);
        fields.only(known);
        texts.forEach(name -> parameters.put(name, fields.optional(name, 200)));
        String since = time(body, fields, "since");
        String until = time(body, fields, "until");
        this.isDryRun = fields.flag("dryRun");
        this.size = fields.whole("limit", STANDARD, MOST);
        parameters.put("includeReplayed", fields.flag("includeReplayed"));
        String place = fields.optional("cursor", 200);
        fields.check();
        parameters.put("since", Times.read("since", since));
        parameters.put("until", Times.read("until", until));
        Cursor cursor = Cursor.of(place);
        parameters.put("after", cursor == null ? null : Timestamp.from(cursor.time()));
        parameters.put("afterId", cursor == null ? null : cursor.id());
        parameters.put("limit", size + 1);
        this.end = now.plus(PATIENCE);
    }

    /** The parameters of the statement that chooses. */
    public Map<String, Object> parameters() {
        return parameters;
    }

    /** Whether nothing is to be stored. */
    public boolean isDryRun() {
        return isDryRun;
    }

    /** Whether there is another one to run, and time for it. */
    public boolean isOpen() {
        return fault == null && done < Math.min(rows.size(), size) && Instant.now().isBefore(end);
    }

    /** The next one: a row of the statement that chose. */
    public Map<String, Object> next() {
        return rows.get(done++);
    }

    /** The one that is being run. */
    Map<String, Object> current() {
        return rows.get(done - 1);
    }

    void choose(List<Map<String, Object>> chosen) {
        rows = chosen;
    }

    void count(Outcome outcome) {
        changed += outcome.isChanged() ? 1 : 0;
        left += outcome.isLeft() ? 1 : 0;
        clicks += outcome.clicks();
        if (outcome.change() != null && changes.size() < SHOWN) {
            changes.add(outcome.change());
        }
    }

    /** Ends it at a fault that the next one would have, too. */
    void stop(RuntimeException failure) {
        fault = failure;
    }

    /** What it came to; throws what it was stopped by. */
    Map<String, Object> result(String nameOfChanged, String nameOfLeft) {
        if (fault != null) {
            throw fault;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("dryRun", isDryRun);
        result.put("examined", done);
        result.put(nameOfChanged, changed);
        result.put("clicks", clicks);
        result.put(nameOfLeft, left);
        result.put("changes", changes);
        boolean hasMore = done < rows.size();
        result.put("hasMore", hasMore);
        result.put("nextCursor", !hasMore ? null : done == 0 ? null
                : new Cursor(Rows.instant(current(), "ordered_at"), Rows.text(current(), "ordered_id")).toString());
        return result;
    }

    private static String time(JsonNode body, JsonFields fields, String name) {
        return body.path(name).isIntegralNumber() ? body.get(name).asText() : fields.optional(name, 100);
    }

    /**
     * What became of one.
     *
     * @param isChanged whether it brought, or would bring, something
     * @param isLeft    whether it stays as it was, for a reason
     * @param clicks    new clicks, or click ids that were put in
     * @param change    what to show of it, or null
     */
    public record Outcome(boolean isChanged, boolean isLeft, int clicks, Map<String, Object> change) {
        @Override
        public String toString() {
            return "Outcome[" + clicks + " clicks]";
        }
    }
}
