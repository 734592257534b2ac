package io.clickthread.conversion;

import io.clickthread.http.Page;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The list of conversions that Meta did not take, or may have taken. */
@Component("deadLetterViews")
public class DeadLetterViews {

    private static final List<String> STANDARD = List.of("expired", "rejected", "unknown");
    private static final List<String> STATES = List.of("expired", "rejected", "unknown", "closed");

    private final Duration maxAge;
    private final Clock clock;

    DeadLetterViews(Settings settings, Clock clock) {
        this.maxAge = settings.conversions().maxAge();
        this.clock = clock;
    }

    /**
     * Which page of the list a request wants.
     *
     * @param request with {@code accountId}, {@code status} (else all but closed ones), {@code eventName}, {@code code},
     *                {@code since}, {@code until}, {@code conversationId}, {@code limit} (1 to 200, else 50) and {@code cursor}
     * @return the page to read
     * @throws Problem 400 for a value out of its range
     */
    public Page page(Request request) {
        String status = request.query("status");
        if (status != null && !STATES.contains(status)) {
            throw Problem.invalid("invalid_field_value", "status",
                    "'status' must be one of " + String.join(", ", STATES) + ".");
        }
        ConversionFilter filter = ConversionFilter.of(request, status == null ? STANDARD : List.of(status));
        Map<String, Object> parameters = filter.parameters();
        parameters.put("states", filter.states().toArray(String[]::new));
        return Page.of(request, 50, 200, parameters);
    }

    /**
     * A page as JSON.
     *
     * @param page what was asked for
     * @param rows of {@code list-dead-letters.sql}
     * @return {@code {deadLetters, pagination}}; {@code replayable}: it can be sent again until {@code replayableUntil}
     */
    public Map<String, Object> list(Page page, List<Map<String, Object>> rows) {
        List<Map<String, Object>> letters = new ArrayList<>();
        for (Map<String, Object> row : page.rows(rows)) {
            Map<String, Object> letter = new LinkedHashMap<>();
            ConversionViews.putOurs(letter, row);
            letter.put("accountId", row.get("account_id"));
            letter.put("conversationId", row.get("conversation_id"));
            letter.put("eventName", row.get("event_name"));
            letter.put("eventTime", Rows.iso(row, "event_time"));
            letter.put("code", row.get("last_code"));
            letter.put("traceId", row.get("trace_id"));
            letter.put("attempts", row.get("attempts"));
            Instant until = Rows.instant(row, "event_time").plus(maxAge).minus(DueConversions.MARGIN);
            letter.put("replayable", STANDARD.contains(Rows.text(row, "state")) && row.get("ctwa_clid") != null
                    && clock.instant().isBefore(until));
            letter.put("replayableUntil", until.truncatedTo(ChronoUnit.SECONDS).toString());
            letters.add(letter);
        }
        return Map.of("deadLetters", letters, "pagination", page.pagination(rows, "created_at"));
    }
}
