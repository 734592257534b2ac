package io.clickthread.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.capture.Referral;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the stored words of clicks again, after an adapter was mended, and puts in what it understands by now. */
@Component("clickReplays")
public class ClickReplays {

    private static final Set<String> FIELDS = Set.of("provider", "accountId", "since", "until", "dryRun", "limit", "cursor");

    private final ObjectMapper mapper;
    private final Adapters adapters;
    private final Clock clock;

    ClickReplays(ObjectMapper mapper, Adapters adapters, Clock clock) {
        this.mapper = mapper;
        this.adapters = adapters;
        this.clock = clock;
    }

    /**
     * Which clicks to read again.
     *
     * @param request with a filter as its body
     * @return how to go through them
     * @throws Problem 400 for a filter that breaks the schema
     */
    public ReplayRound read(Request request) {
        return new ReplayRound(request.json(mapper), FIELDS, List.of("provider", "accountId"), clock.instant());
    }

    /**
     * Takes up what was chosen.
     *
     * @param round whose turn it is
     * @param rows  of {@code choose-clicks.sql}
     */
    public void chosen(ReplayRound round, List<Map<String, Object>> rows) {
        round.choose(rows);
    }

    /**
     * Reads one click's words.
     *
     * @param row of {@code choose-clicks.sql}
     * @return what they say that the row does not have
     */
    public Missing reread(Map<String, Object> row) {
        Referral words = adapters.reread(Rows.text(row, "provider"), Rows.text(row, "evidence"));
        Map<String, String> missing = new LinkedHashMap<>();
        if (words != null) {
            put(missing, row, "ctwa_clid", words.clickId());
            put(missing, row, "source_id", words.sourceId());
            put(missing, row, "source_type", words.sourceType());
            put(missing, row, "source_url", words.sourceUrl());
            put(missing, row, "headline", words.headline());
            put(missing, row, "body", words.body());
            put(missing, row, "media_type", words.mediaType());
        }
        return new Missing(row, missing);
    }

    /**
     * What became of one.
     *
     * @param missing what it did not have
     * @param id      what {@code complete-click.sql} or {@code preview-completion.sql} gave, or null
     * @return its outcome
     */
    public ReplayRound.Outcome completed(Missing missing, Object id) {
        boolean isLeft = id == null;
        return new ReplayRound.Outcome(!isLeft, isLeft, !isLeft && missing.fields.containsKey("ctwa_clid") ? 1 : 0,
                change(missing.row, missing.fields, isLeft ? "The conversation has this click id from another message, so this "
                        + "touch is left as it is." : null));
    }

    /**
     * What became of one whose words say nothing new.
     *
     * @return its outcome
     */
    public ReplayRound.Outcome unchanged() {
        return new ReplayRound.Outcome(false, false, 0, null);
    }

    /**
     * What became of one that failed: it is left as it is. While the database is away it is the end of all.
     *
     * @param failure what happened
     * @param round   whose turn it is
     * @return its outcome
     */
    public ReplayRound.Outcome failed(Throwable failure, ReplayRound round) {
        return Failures.outcome(failure, round, change(round.current(), Map.of(), "It failed: " + Failures.name(failure)));
    }

    /**
     * Counts what became of one.
     *
     * @param round   whose turn it is
     * @param outcome of it
     */
    public void count(ReplayRound round, ReplayRound.Outcome outcome) {
        round.count(outcome);
    }

    /**
     * What a round came to.
     *
     * @param round that ended
     * @return {@code {dryRun, examined, changed, clicks, left, changes, hasMore, nextCursor}}
     */
    public Map<String, Object> answer(ReplayRound round) {
        return round.result("changed", "left");
    }

    private static void put(Map<String, String> missing, Map<String, Object> row, String column, String value) {
        if (value != null && row.get(column) == null) {
            missing.put(column, value);
        }
    }

    private static Map<String, Object> change(Map<String, Object> row, Map<String, String> after, String reason) {
        Map<String, Object> before = new LinkedHashMap<>();
        after.keySet().forEach(column -> before.put(column, null));
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("messageId", row.get("message_id"));
        change.put("accountId", row.get("account_id"));
        change.put("provider", row.get("provider"));
        change.put("before", before);
        change.put("after", reason == null ? after : before);
        if (reason != null) {
            change.put("reason", reason);
        }
        return change;
    }

    /** What a click's words say that its row does not have. */
    public static final class Missing {

        private final Map<String, Object> row;
        private final Map<String, String> fields;

        private Missing(Map<String, Object> row, Map<String, String> fields) {
            this.row = row;
            this.fields = fields;
        }

        /** Whether there is anything. */
        public boolean isAny() {
            return !fields.isEmpty();
        }

        /** The parameters of {@code complete-click.sql} and {@code preview-completion.sql}. */
        public Map<String, Object> parameters() {
            Map<String, Object> parameters = new HashMap<>();
            List.of("ctwa_clid", "source_id", "source_type", "source_url", "headline", "body", "media_type")
                    .forEach(column -> parameters.put(column, fields.get(column)));
            parameters.put("id", row.get("id"));
            return parameters;
        }
    }
}
