package io.clickthread.conversion;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The steps beside the statement that writes down what a call to Meta brought. */
@Component("deliveryResults")
public class DeliveryResults {

    private final PendingResults pending;

    DeliveryResults(PendingResults pending) {
        this.pending = pending;
    }

    /**
     * What to write down.
     *
     * @param result what a call brought
     * @return rows of {@code record-attempts.sql}
     */
    public List<AttemptRow> rows(DeliveryResult result) {
        return result.settlements().stream().map(AttemptRow::of).toList();
    }

    /**
     * Tells the delivery that it is durable. What the database refuses, perhaps for Meta's words, is written without them in a
     * moment; until then nobody goes on with it.
     *
     * @param result  what a call brought
     * @param answers of {@code record-attempts.sql} for each row: null for a conversion that another sender has taken meanwhile,
     *                of which nothing was written; an exception for one that was refused
     * @return the same result
     */
    public DeliveryResult recorded(DeliveryResult result, List<?> answers) {
        Set<String> written = new HashSet<>();
        List<AttemptResult> refused = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            AttemptResult one = result.settlements().get(i);
            if (answers.get(i) instanceof RuntimeException) {
                refused.add(one.state().equals("sending") ? one.leftToOthers().withoutWords() : one.withoutWords());
            } else if (answers.get(i) != null) {
                written.add(one.conversion().id());
            }
        }
        pending.keep(refused);
        result.delivery().settled(result.settlements(), written);
        return result;
    }
}
