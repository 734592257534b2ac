package io.clickthread.conversion;

import com.fasterxml.jackson.databind.util.RawValue;
import io.clickthread.account.Accounts;
import io.clickthread.http.Page;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.http.Times;
import io.clickthread.store.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The list of conversions, and one conversion with all that is known of it. */
@Component("conversionViews")
public class ConversionViews {

    private final Accounts accounts;

    ConversionViews(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Which page of the list a request wants.
     *
     * @param request with {@code accountId}, {@code limit} (1 to 200, else 50), {@code status}, {@code eventName},
     *                {@code since} (ISO 8601 or Unix seconds), {@code cursor} and {@code view}
     * @return the page to read
     * @throws Problem 400 for a value out of its range or without an account id, 404 for an unknown account
     */
    public Page page(Request request) {
        if (request.query("accountId") == null) {
            throw Problem.invalid("missing_required_field", "accountId", "'accountId' is required.");
        }
        String status = request.query("status");
        if (status != null && !States.SHOWN.contains(status)) {
            throw Problem.invalid("invalid_field_value", "status",
                    "status is invalid: it must be one of " + String.join(", ", States.SHOWN) + ".");
        }
        String view = request.query("view");
        if (view != null && !view.equals("full")) {
            throw Problem.invalid("invalid_field_value", "view", "'view' must be 'full', or not sent.");
        }
        Map<String, Object> filters = new HashMap<>();
        filters.put("accountId", accounts.connected(request.query("accountId")).id());
        filters.put("states", status == null ? null : States.stored(status));
        filters.put("eventName", request.query("eventName"));
        filters.put("since", Times.read("since", request.query("since")));
        filters.put("full", view != null);
        filters.put("paged", view != null || request.query("cursor") != null);
        return Page.of(request, 50, 200, filters);
    }

    /**
     * A page as JSON: Zernio's seven keys a row; ours only with {@code view=full}.
     *
     * @param page what was asked for
     * @param rows of {@code list-conversions.sql}
     * @return {@code {events}}, and {@code pagination} with a cursor or {@code view=full}
     */
    public Map<String, Object> list(Page page, List<Map<String, Object>> rows) {
        boolean full = (boolean) page.parameters().get("full");
        List<Map<String, Object>> events = new ArrayList<>();
        for (Map<String, Object> row : page.rows(rows)) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("timestamp", Rows.iso(row, "created_at"));
            event.put("eventName", row.get("event_name"));
            event.put("conversationId", row.get("conversation_id"));
            event.put("eventsReceived", row.get("events_received"));
            event.put("eventsFailed", row.get("events_failed"));
            event.put("traceId", row.get("trace_id"));
            event.put("durationMs", row.get("duration_ms"));
            if (full) {
                putOurs(event, row);
                event.put("attempts", row.get("attempts"));
            }
            events.add(event);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("events", events);
        if ((boolean) page.parameters().get("paged")) {
            answer.put("pagination", page.pagination(rows, "created_at"));
        }
        return answer;
    }

    /**
     * Which conversion a request wants.
     *
     * @param request with the path parameter {@code conversionId}
     * @return the parameters of {@code find-conversion.sql} and {@code list-history.sql}
     */
    public Map<String, Object> find(Request request) {
        return Map.of("id", request.path("conversionId"));
    }

    /**
     * Looks at what the database answered.
     *
     * @param row of {@code find-conversion.sql}, or null
     * @return the row
     * @throws Problem 404 if there was none
     */
    public Map<String, Object> found(Map<String, Object> row) {
        if (row == null) {
            throw unknown();
        }
        return row;
    }

    static Problem unknown() {
        return Problem.notFound("conversion_not_found",
                "Conversion not found. GET /api/v1/whatsapp/conversions?view=full lists them with their ids.");
    }

    /**
     * One conversion as JSON with its whole history.
     *
     * @param row     of {@code find-conversion.sql}
     * @param history of {@code list-history.sql}
     * @return the request, the click, the payload as Meta gets it (null while there is no click), every attempt, everything
     *         else that happened to it, and why it stands as it does
     */
    public Map<String, Object> one(Map<String, Object> row, List<Map<String, Object>> history) {
        Map<String, Object> view = new LinkedHashMap<>();
        putOurs(view, row);
        view.put("eventName", row.get("event_name"));
        view.put("accountId", row.get("account_id"));
        view.put("conversationId", row.get("conversation_id"));
        view.put("datasetId", row.get("dataset_id"));
        view.put("request", request(row));
        view.put("click", click(row));
        view.put("payload", row.get("ctwa_clid") == null ? null : MetaEvents.payload(List.of(Conversion.of(row))));
        view.put("eventsReceived", row.get("events_received"));
        view.put("eventsFailed", row.get("events_failed"));
        view.put("traceId", row.get("trace_id"));
        view.put("attempts", history.stream().filter(entry -> entry.get("event").equals("attempt"))
                .map(ConversionViews::attempt).toList());
        view.put("history", history.stream().map(ConversionViews::entry).toList());
        return view;
    }

    /** What is ours of a row, and in no answer of Zernio's. */
    static void putOurs(Map<String, Object> view, Map<String, Object> row) {
        String state = Rows.text(row, "state");
        view.put("id", row.get("id"));
        view.put("eventId", row.get("event_id"));
        view.put("status", States.shown(state));
        view.put("state", state);
        view.put("reason", row.get("reason"));
        view.put("value", row.get("value"));
        view.put("currency", row.get("currency"));
        view.put("createdAt", Rows.iso(row, "created_at"));
        view.put("updatedAt", Rows.iso(row, "updated_at"));
        boolean waits = state.equals("pending") || state.equals("waiting");
        view.put("nextAttemptAt", waits ? Rows.iso(row, "due_at") : null);
    }

    private static Map<String, Object> request(Map<String, Object> row) {
        Conversion conversion = Conversion.of(row);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("eventName", conversion.eventName());
        request.put("eventId", conversion.eventId());
        request.put("eventTime", conversion.eventTime());
        request.put("value", conversion.value());
        request.put("currency", conversion.currency());
        request.put("contentIds", conversion.contentIds());
        request.put("customData", conversion.customData());
        request.put("emailSha256", conversion.emailHash());
        request.put("externalIdSha256", conversion.externalIdHash());
        request.put("testCode", conversion.testCode());
        request.values().removeIf(java.util.Objects::isNull);
        return request;
    }

    private static Map<String, Object> click(Map<String, Object> row) {
        Map<String, Object> click = new LinkedHashMap<>();
        click.put("ctwa_clid", row.get("ctwa_clid"));
        click.put("source_id", row.get("source_id"));
        click.put("source_type", row.get("source_type"));
        click.put("source_url", row.get("source_url"));
        click.put("headline", row.get("headline"));
        click.put("message_id", row.get("message_id"));
        click.put("clicked_at", Rows.iso(row, "clicked_at"));
        click.put("captured_at", Rows.iso(row, "captured_at"));
        click.values().removeIf(java.util.Objects::isNull);
        return click;
    }

    private static Map<String, Object> attempt(Map<String, Object> row) {
        Map<String, Object> attempt = new LinkedHashMap<>();
        attempt.put("number", row.get("attempt"));
        attempt.put("startedAt", Rows.iso(row, "started_at"));
        attempt.put("durationMs", row.get("duration_ms"));
        attempt.put("outcome", row.get("outcome"));
        attempt.put("httpStatus", row.get("http_status"));
        attempt.put("code", row.get("code"));
        attempt.put("subcode", row.get("subcode"));
        attempt.put("message", row.get("message"));
        attempt.put("eventsSent", row.get("events_sent"));
        attempt.put("eventsReceived", row.get("events_received"));
        attempt.put("traceId", row.get("trace_id"));
        return attempt;
    }

    private static Map<String, Object> entry(Map<String, Object> row) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("at", Rows.iso(row, "at"));
        entry.put("event", row.get("event"));
        entry.put("state", row.get("state"));
        entry.put("reason", row.get("reason"));
        if (row.get("former") != null) {
            entry.put("former", new RawValue(row.get("former").toString()));
        }
        if (row.get("attempt") != null) {
            entry.putAll(attempt(row));
        }
        return entry;
    }
}
