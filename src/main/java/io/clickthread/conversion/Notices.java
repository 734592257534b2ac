package io.clickthread.conversion;

import io.clickthread.custom.CustomRoutes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the routes {@code on-conversion} and {@code on-outcome} are told. */
@Component("notices")
public class Notices {

    private static final Set<String> OUTCOMES = Set.of("delivered", "rejected", "unknown");
    private static final String ON_CONVERSION = "on-conversion";
    private static final String ON_OUTCOME = "on-outcome";

    private final CustomRoutes routes;

    Notices(CustomRoutes routes) {
        this.routes = routes;
    }

    /**
     * Tells of a conversion that was taken now; a repetition is none.
     *
     * @param parameters of {@code accept-conversions.sql}
     * @param row        that it answered
     */
    public void tellAccepted(Map<String, Object> parameters, Map<String, Object> row) {
        if (routes.has(ON_CONVERSION) && row.get("accepted_id") != null) {
            routes.tell(ON_CONVERSION, List.of(ConversionNotice.of(parameters, row)));
        }
    }

    /**
     * Tells of those of many that were taken now.
     *
     * @param entries of {@link BulkIntake#accept}
     */
    public void tellAllAccepted(List<BulkEntry> entries) {
        if (routes.has(ON_CONVERSION)) {
            routes.tell(ON_CONVERSION, entries.stream().filter(entry -> entry.row() != null && entry.row().get("accepted_id") != null)
                    .map(entry -> ConversionNotice.of(entry.parameters(), entry.row())).toList());
        }
    }

    /**
     * Tells of the conversions that a call to Meta brought to an end.
     *
     * @param judgement that was written down
     */
    public void tellOutcomes(DeliveryResult judgement) {
        if (routes.has(ON_OUTCOME)) {
            routes.tell(ON_OUTCOME, judgement.settlements().stream().filter(settlement -> OUTCOMES.contains(settlement.state()))
                    .map(OutcomeNotice::of).toList());
        }
    }
}
