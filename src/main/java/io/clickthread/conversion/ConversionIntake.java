package io.clickthread.conversion;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.http.IgnoredFields;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import io.clickthread.system.Settings;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Takes a conversion: from the request to a durable row, or the reason why not. */
@Component("conversionIntake")
public class ConversionIntake {

    /** Parameters of the statement that are columns as they are. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            entry("accountId", "account_id"), entry("datasetId", "dataset_id"), entry("wabaId", "waba_id"),
            entry("eventName", "event_name"), entry("eventId", "event_id"), entry("value", "value"),
            entry("currency", "currency"), entry("contentIds", "content_ids"), entry("customData", "custom_data"),
            entry("emailHash", "email_hash"),
            entry("externalIdHash", "external_id_hash"), entry("testCode", "test_code"), entry("outcomeType", "outcome_type"));

    private final ObjectMapper mapper;
    private final ConversionRequests requests;
    private final IntakeRows rows;
    private final Settings settings;
    private final Clock clock;

    ConversionIntake(ObjectMapper mapper, ConversionRequests requests, IntakeRows rows, Settings settings, Clock clock) {
        this.mapper = mapper;
        this.requests = requests;
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads a request and completes it with its account. With {@code Prefer: respond-async} it is left to the background,
     * with {@code Prefer: wait-for-click} it may wait for the click of its contact.
     *
     * @param request the request
     * @return the parameters of {@code accept-conversions.sql}
     * @throws Problem 400 for a body that breaks the schema, 404 for an unknown account, 422 without a dataset
     */
    public Map<String, Object> read(Request request) {
        return row(request.json(mapper), Preferences.of(request.header("Prefer")));
    }

    /**
     * The same for a conversion that came by another way than its own request: it is sent in the background.
     *
     * @param body a map or JSON object with the fields of {@code POST /whatsapp/conversions}, {@code accountId} among them, or
     *             {@link QueuedConversion} with one
     * @return the parameters of {@code accept-conversions.sql}
     * @throws Problem as {@link #read} does
     */
    public Map<String, Object> readQueued(Object body) {
        QueuedConversion queued = body instanceof QueuedConversion given ? given : new QueuedConversion(body, null, false);
        JsonNode json = mapper.valueToTree(queued.fields());
        if (json == null || !json.isObject()) {
            throw Problem.invalid("invalid_json_body", null, "A conversion must be a JSON object.");
        }
        Map<String, Object> row = row(json, new Preferences(true, queued.waitForClick()));
        if (queued.timeOfMessage()) {
            row.put("givenTime", null);
        }
        return row;
    }

    /**
     * The same for an event of Meta's own, which says itself which click it is due to.
     *
     * @param body    as for {@link #readQueued}
     * @param clickId the {@code ctwa_clid}
     * @return the parameters of {@code accept-conversions.sql}
     * @throws Problem as {@link #read} does
     */
    public Map<String, Object> readAutomatic(Map<String, Object> body, String clickId) {
        Map<String, Object> row = readQueued(body);
        row.put("clickId", clickId);
        row.put("outcomeType", "automatic_events");
        return row;
    }

    private Map<String, Object> row(JsonNode body, Preferences preferences) {
        ConversionRequest wanted = requests.read(body);
        try {
            return rows.of(wanted, preferences);
        } catch (Problem problem) {
            throw problem.with(IgnoredFields.header(wanted.ignored()));
        }
    }

    /**
     * What became of a conversion that is left to the background.
     *
     * @param parameters what {@link #readQueued} made
     * @param row        of {@code accept-conversions.sql}
     * @return whether it was taken now or had been taken before
     * @throws Problem as {@link #decide} does
     */
    public SubmissionResult taken(Map<String, Object> parameters, Map<String, Object> row) {
        AcceptedConversion accepted = decide(parameters, row);
        Repetition repetition = accepted.repetition();
        if (repetition == null) {
            return new SubmissionResult(accepted.conversion().id(), false, null);
        }
        return repetition.isOf(parameters.get("id")) ? new SubmissionResult(repetition.conversionId(), false, null) // itself, before a crash
                : new SubmissionResult(repetition.conversionId(), true, repetition.status());
    }

    /** The names of the fields that were not read. */
    static List<String> ignored(Map<String, Object> parameters) {
        return ((List<?>) parameters.getOrDefault(IntakeRows.IGNORED, List.of())).stream().map(Object::toString).toList();
    }

    /**
     * Looks at what the database answered.
     *
     * @param parameters what {@link #read} made
     * @param row        of {@code accept-conversions.sql}, with what {@code compare-repetitions.sql} found
     * @return the accepted conversion, to be sent, to wait, or closed because Meta's own event counts for it; or what was taken
     *         before with the same contents
     * @throws Problem 404 for an unknown contact, 422 for one without a click id, or if what names the contact leads to several,
     *                 409 if the event was taken before with other contents and stands
     */
    public AcceptedConversion decide(Map<String, Object> parameters, Map<String, Object> row) {
        AcceptedConversion accepted = null;
        try {
            accepted = accepted(parameters, row);
            return accepted;
        } catch (Problem problem) {
            throw problem.with(IgnoredFields.header(ignored(parameters)));
        } finally {
            if (accepted == null || accepted.delivery() == null) {
                ContactLock.end(parameters);
            }
        }
    }

    private AcceptedConversion accepted(Map<String, Object> parameters, Map<String, Object> row) {
        String state = Rows.text(row, "state");
        if (state == null) {
            throw IntakeRefusal.problem(parameters, row);
        }
        if (row.get("accepted_id") == null) {
            Repetition repetition = Repetition.of(row);
            repetition.check();
            return new AcceptedConversion(null, Rows.text(row, "stands_state"), null, null, repetition);
        }
        Map<String, Object> stored = new HashMap<>();
        stored.put("id", row.get("accepted_id"));
        stored.put("conversation_id", row.get("conversation_id"));
        stored.put("ctwa_clid", row.get("ctwa_clid"));
        COLUMNS.forEach((parameter, column) -> stored.put(column, parameters.get(parameter)));
        stored.put("event_time", Timestamp.from(Instant.ofEpochSecond((long) parameters.get("eventTime"))));
        stored.put("created_at", Timestamp.from(clock.instant()));
        stored.put("attempts", row.getOrDefault("attempts", 0)); // a dry run makes none
        stored.put("retries", 0);
        Conversion conversion = Conversion.of(stored);
        return new AcceptedConversion(conversion, state, reason(state, row),
                state.equals("sending") ? delivery(conversion, row) : null, null);
    }

    private DeliveryBatch delivery(Conversion conversion, Map<String, Object> row) {
        return new DeliveryBatch(((Number) row.get("lane")).longValue(), Rows.text(row, "lane_state"),
                Rows.number(row, "lane_failures") > 0, settings.delivery().lease().toNanos(), List.of(conversion));
    }

    private static String reason(String state, Map<String, Object> row) {
        if (state.equals("parked")) {
            return "It waits for the click of its contact.";
        }
        if (state.equals("closed")) {
            return Rows.text(row, "reason");
        }
        return row.get("held") == null ? "It is sent in the background." : Rows.text(row, "held");
    }
}
