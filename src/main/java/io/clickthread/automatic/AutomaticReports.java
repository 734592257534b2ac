package io.clickthread.automatic;

import io.clickthread.conversion.ConversionIntake;
import io.clickthread.conversion.Insertion;
import io.clickthread.conversion.NewConversion;
import io.clickthread.http.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Hands Meta's own events back to Meta as conversions, for accounts that want it. What Meta would refuse is not sent, and
 * never refused to Meta either: a sentence beside the event says why.
 */
@Component("automaticReports")
public class AutomaticReports {

    private final ConversionIntake intake;

    AutomaticReports(ConversionIntake intake) {
        this.intake = intake;
    }

    /**
     * Whether an event could be sent.
     *
     * @param event what {@link AutomaticEvents#reports} gave
     * @return the parameters of {@code pair-automatic-event.sql}, and {@code conversion}, what is to be stored; no {@code conversionId} if it is not reported
     */
    public Map<String, Object> prepare(Map<String, Object> event) {
        Map<String, Object> report = new HashMap<>();
        report.put("eventId", event.get("event_id"));
        report.put("conversionId", null);
        if (event.get("conversation_id") == null) {
            report.put("decision", AutomaticEvents.NO_CONTACT);
        } else if (event.get("clickId") == null) {
            report.put("decision", "Not reported: Meta gave no click id with it.");
        } else {
            try {
                NewConversion conversion = intake.readAutomatic(body(event), (String) event.get("clickId"));
                report.put("conversion", conversion);
                report.put("conversionId", conversion.id());
                report.put("decision", "Reported to Meta.");
            } catch (Problem problem) {
                report.put("decision", "Not reported: " + problem.body().error());
            }
        }
        return report;
    }

    /** The event id is the message's, so that a webhook that comes again reports nothing again. */
    private static Map<String, Object> body(Map<String, Object> event) {
        Map<String, Object> body = new HashMap<>();
        body.put("accountId", event.get("accountId"));
        body.put("conversationId", event.get("conversation_id"));
        body.put("eventName", event.get("eventName"));
        body.put("eventId", "automatic-" + event.get("messageId"));
        body.put("eventTime", event.get("eventTime"));
        body.put("value", event.get("value"));
        body.put("currency", event.get("currency"));
        body.values().removeIf(java.util.Objects::isNull);
        return body;
    }

    /**
     * The conversion to store, which the background sends.
     *
     * @param report what {@link #prepare} made
     * @param row    of {@code pair-automatic-event.sql}: without an id it is not reported
     * @return a list with the conversion, or with none
     */
    public List<NewConversion> conversions(Map<String, Object> report, Map<String, Object> row) {
        NewConversion conversion = (NewConversion) report.get("conversion");
        return conversion == null || row == null || row.get("conversion_id") == null ? List.of()
                : List.of(conversion.withId((String) row.get("conversion_id"))); // that of an earlier webhook whose server died at this point
    }

    /**
     * Makes sure that it is stored, since its event is noted as reported.
     *
     * @param insertions what the database said of {@link #conversions}
     * @throws RuntimeException what the database refused, so that Meta sends the event again
     */
    public void check(List<Insertion> insertions) {
        insertions.stream().map(Insertion::refusal).filter(java.util.Objects::nonNull).findFirst().ifPresent(refusal -> {
            throw refusal;
        });
    }
}
