package io.clickthread.conversion;

import io.clickthread.custom.CustomRoutes;
import java.util.List;
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
     * Tells of the conversions that were stored now; repetitions are none.
     *
     * @param insertions of {@code direct:insert-conversions}
     */
    public void tellAccepted(List<Insertion> insertions) {
        if (routes.has(ON_CONVERSION)) {
            routes.tell(ON_CONVERSION, insertions.stream().filter(Insertion::isNew).map(ConversionNotice::of).toList());
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
