package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.http.IgnoredFields;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What is taken, and what became of it once it was stored. */
@Component("conversionIntake")
public class ConversionIntake {

    private final ObjectMapper mapper;
    private final Accounts accounts;
    private final ConversionRequests requests;
    private final ConversionRules rules;
    private final NewConversions conversions;
    private final Settings settings;
    private final Clock clock;

    ConversionIntake(ObjectMapper mapper, Accounts accounts, ConversionRequests requests, ConversionRules rules,
                     NewConversions conversions, Settings settings, Clock clock) {
        this.mapper = mapper;
        this.accounts = accounts;
        this.requests = requests;
        this.rules = rules;
        this.conversions = conversions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How a request is to be taken.
     *
     * @param request with or without the header {@code Prefer}
     * @return the options
     */
    public IntakeOptions options(Request request) {
        return IntakeOptions.preferred(request.header("Prefer"));
    }

    /**
     * A conversion that came by another way than its own request: it is sent in the background.
     *
     * @param body a map or JSON object with the fields of {@code POST /whatsapp/conversions}, {@code accountId} among them, or
     *             {@link QueuedConversion} with one
     * @return the same, its fields as JSON
     * @throws Problem 400 for what is no JSON object
     */
    public QueuedConversion queued(Object body) {
        QueuedConversion queued = body instanceof QueuedConversion given ? given
                : new QueuedConversion(body, IntakeOptions.BACKGROUND);
        return new QueuedConversion(mapper.valueToTree(queued.fields()), queued.options());
    }

    /**
     * An event of Meta's own, which says itself which click it is due to.
     *
     * @param fields  as of {@code POST /whatsapp/conversions}
     * @param clickId the {@code ctwa_clid}
     * @return the conversion to store
     * @throws Problem as {@link ConversionRules#check} does
     */
    public NewConversion readAutomatic(Map<String, Object> fields, String clickId) {
        JsonNode json = mapper.valueToTree(fields);
        Account account = accounts.find(json.path("accountId").asText());
        ConversionRequest request = requests.read(json, account);
        rules.check(request, account);
        return conversions.of(request, account, IntakeOptions.BACKGROUND).ofMeta(clickId);
    }

    /**
     * What became of a conversion that is left to the background.
     *
     * @param insertion what the database said
     * @return whether it was taken now or had been taken before
     * @throws Problem as {@link #decide} does
     */
    public SubmissionResult submitted(Insertion insertion) {
        AcceptedConversion accepted = decide(insertion);
        Repetition repetition = accepted.repetition();
        if (repetition == null) {
            return new SubmissionResult(accepted.conversion().id(), false, null);
        }
        return repetition.isOf(insertion.conversion().id()) // itself, before a crash
                ? new SubmissionResult(repetition.conversionId(), false, null)
                : new SubmissionResult(repetition.conversionId(), true, repetition.status());
    }

    /**
     * Looks at what the database answered.
     *
     * @param insertion what the database said
     * @return the accepted conversion, to be sent, to wait, or closed because Meta's own event counts for it; or what was taken
     *         before with the same contents
     * @throws Problem 404 for an unknown contact, 422 for one without a click id, or if what names the contact leads to several,
     *                 409 if the event was taken before with other contents and stands, 400 for a value that no column takes
     */
    public AcceptedConversion decide(Insertion insertion) {
        try {
            return accepted(insertion.conversion(), insertion);
        } catch (Problem problem) {
            throw problem.with(IgnoredFields.header(insertion.conversion().ignored()));
        }
    }

    private AcceptedConversion accepted(NewConversion conversion, Insertion insertion) {
        if (insertion.refusal() != null) {
            throw Problem.invalid("invalid_field_value", null, "The database does not take a value of this conversion.");
        }
        Map<String, Object> row = insertion.answer();
        String state = Rows.text(row, "state");
        if (state == null) {
            throw IntakeRefusal.problem(conversion, row);
        }
        if (!insertion.isNew()) {
            Repetition repetition = Repetition.of(row);
            repetition.check();
            return new AcceptedConversion(null, Rows.text(row, "stands_state"), null, null, repetition);
        }
        Conversion stored = Conversion.of(conversion, row, clock.instant());
        return new AcceptedConversion(stored, state, reason(state, row), state.equals("sending") ? delivery(stored, row) : null, null);
    }

    private DeliveryBatch delivery(Conversion conversion, Map<String, Object> row) {
        return new DeliveryBatch(((Number) row.get("destination")).longValue(), Rows.text(row, "destination_state"),
                Rows.number(row, "destination_failures") > 0, settings.delivery().lease().toNanos(), List.of(conversion));
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
