package io.clickthread.conversion;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the routes {@code on-conversion} and {@code on-outcome} are told. */
@Component("notices")
public class Notices {

    private static final Set<String> OUTCOMES = Set.of("delivered", "rejected", "unknown");

    /**
     * A conversion that was taken now; a repetition brings nothing.
     *
     * @param parameters of {@code accept-conversions.sql}
     * @param row        that it answered
     * @return one notice, or none
     */
    public List<ConversionNotice> accepted(Map<String, Object> parameters, Map<String, Object> row) {
        return row.get("accepted_id") == null ? List.of() : List.of(ConversionNotice.of(parameters, row));
    }

    /**
     * Those of many that were taken now.
     *
     * @param entries of {@link BulkAcceptance#accept}
     * @return a notice for each
     */
    public List<ConversionNotice> allAccepted(List<BulkEntry> entries) {
        return entries.stream().filter(entry -> entry.row() != null && entry.row().get("accepted_id") != null)
                .map(entry -> ConversionNotice.of(entry.parameters(), entry.row())).toList();
    }

    /**
     * What a call to Meta settled.
     *
     * @param judgement that was written down
     * @return a notice for each conversion that came to an end
     */
    public List<OutcomeNotice> outcomes(Judgement judgement) {
        return judgement.settlements().stream().filter(settlement -> OUTCOMES.contains(settlement.state()))
                .map(OutcomeNotice::of).toList();
    }
}
