package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.conversion.BulkResult.Outcome;
import io.clickthread.http.IgnoredFields;
import io.clickthread.http.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Takes many conversions together: each is judged alone, and all are made durable in one statement. */
@Component("bulkIntake")
public class BulkIntake {

    private final ConversionIntake intake;

    BulkIntake(ConversionIntake intake) {
        this.intake = intake;
    }

    /**
     * What one of them says.
     *
     * @param item one of many
     * @return its fields
     * @throws Problem if whoever read it knows already that it cannot be taken
     */
    public JsonNode fields(BulkItem item) {
        if (item.refusal() != null) {
            throw item.refusal();
        }
        return item.fields();
    }

    /**
     * Those that can be stored.
     *
     * @param entries as they were read
     * @return their rows
     */
    public List<NewConversion> conversions(List<BulkEntry> entries) {
        return entries.stream().map(BulkEntry::conversion).filter(Objects::nonNull).toList();
    }

    /**
     * What would be stored.
     *
     * @param entries as they were read
     * @param answers of {@code match-conversions.sql} for those that can be stored, in their order
     * @return as {@code direct:insert-conversions} would give it
     */
    public List<Insertion> matched(List<BulkEntry> entries, List<Map<String, Object>> answers) {
        List<NewConversion> conversions = conversions(entries);
        List<Insertion> insertions = new ArrayList<>();
        for (int i = 0; i < conversions.size(); i++) {
            insertions.add(new Insertion(conversions.get(i), answers.get(i), null));
        }
        return insertions;
    }

    /**
     * What became of each.
     *
     * @param entries    as they were read
     * @param insertions what the database said of those that can be stored, in their order
     * @return a result for each entry, in their order
     */
    public List<BulkResult> results(List<BulkEntry> entries, List<Insertion> insertions) {
        Iterator<Insertion> next = insertions.iterator();
        return entries.stream().map(entry -> entry.problem() != null
                ? refused(entry.eventId(), entry.problem(), IgnoredFields.of(entry.problem().headers()))
                : result(entry.eventId(), next.next())).toList();
    }

    private BulkResult result(String eventId, Insertion insertion) {
        List<String> ignored = insertion.conversion().ignored();
        try {
            SubmissionResult result = intake.submitted(insertion);
            return new BulkResult(eventId, result.repeated() ? Outcome.REPEATED : Outcome.QUEUED, result.conversionId(), result.status(),
                    null, ignored);
        } catch (Problem problem) {
            return refused(eventId, problem, ignored);
        }
    }

    private static BulkResult refused(String eventId, Problem problem, List<String> ignored) {
        return new BulkResult(eventId, Outcome.REFUSED, null, null, problem, ignored);
    }
}
