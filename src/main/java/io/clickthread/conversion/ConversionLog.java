package io.clickthread.conversion;

import io.clickthread.store.GroupedStatement;
import io.clickthread.store.GroupedStatements;
import io.clickthread.store.SqlStates;
import io.clickthread.system.Settings;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Writes conversions down, together with those of the requests beside them: first that they were accepted, later what
 * each call to Meta brought.
 */
@Component("conversionLog")
public class ConversionLog {

    /** How often a request is made again if what stood in its way has given way meanwhile. */
    private static final int MOST_TRIES = 3;

    /** Retention has removed in between what stood in the way. */
    private static final Map<String, Object> GONE = Map.of("gives_way", true, "differs", "eventId", "stands_state", "expired");

    private final GroupedStatement acceptances;
    private final GroupedStatement comparisons;
    private final GroupedStatement outcomes;
    private final PendingResults late;

    ConversionLog(GroupedStatements statements, PendingResults late, Settings settings) {
        this.late = late;
        int writers = settings.delivery().writers();
        this.acceptances = statements.through("direct:record-acceptances", writers, "id", "accountId",
                "conversationId", "aliases", "lastClick", "datasetId", "wabaId", "eventName", "eventId",
                "eventTime", "value", "currency", "contentIds", "emailHash", "externalIdHash", "testCode",
                "leaseMillis", "parkMillis", "clickId", "outcomeType", "givenTime", "customData");
        this.comparisons = statements.through("direct:compare-repetitions", writers, "id", "accountId", "conversationId",
                "aliases", "datasetId", "eventName", "eventId", "value", "currency", "contentIds", "emailHash", "externalIdHash",
                "testCode", "givenTime", "customData");
        this.outcomes = statements.through("direct:record-outcomes", writers, "id", "attempt", "claim", "state",
                "dueInMillis", "reason", "retries", "attemptsMore", "eventsReceived", "eventsFailed", "failureCode",
                "failureMessage", "traceId", "durationMillis", "startedAtMillis", "outcome", "httpStatus", "code",
                "subcode", "message", "eventsSent");
    }

    /**
     * Makes a conversion durable.
     *
     * @param parameters what {@link ConversionIntake#read} made
     * @return the row of {@code accept-conversions.sql}; of a repetition also what {@code compare-repetitions.sql} found
     */
    public Map<String, Object> accept(Map<String, Object> parameters) {
        return acceptAll(List.of(parameters)).get(0);
    }

    /**
     * Makes many conversions durable at once, all or none of them. Only what stands in somebody's way costs a second statement,
     * and what gives way while it is looked at a third.
     *
     * @param parameters at least one, each made by {@link ConversionIntake#readQueued}
     * @return a row for each as of {@link #accept}, in their order
     */
    public List<Map<String, Object>> acceptAll(List<Map<String, Object>> parameters) {
        Map<Object, Map<String, Object>> answers = new HashMap<>();
        List<Map<String, Object>> open = parameters;
        for (int tries = 1; !open.isEmpty(); tries++) {
            List<Map<String, Object>> repeated;
            try {
                Map<Object, Map<String, Object>> rows = acceptances.runAll(open);
                open.forEach(one -> answers.put(one.get("id"), rows.get(one.get("id"))));
                repeated = compared(open, answers);
            } catch (RuntimeException e) {
                throw answers.isEmpty() ? e : storedInPart(e);
            }
            boolean last = tries == MOST_TRIES;
            open = repeated.stream().filter(one -> !last && Repetition.givesWay(answers.get(one.get("id")))).toList();
        }
        return parameters.stream().map(one -> answers.get(one.get("id"))).toList();
    }

    /**
     * A failure after some conversions were stored, so that nobody says of it that nothing was.
     *
     * @param failure what failed later
     * @return a failure whose outcome is not known; the same if the fault lies in the data
     */
    static RuntimeException storedInPart(RuntimeException failure) {
        if (SqlStates.isDataFault(failure)) {
            return failure;
        }
        RuntimeException lost = new DataAccessResourceFailureException("Stored in part", new SQLException("Stored in part", "08006"));
        lost.addSuppressed(failure);
        return lost;
    }

    /**
     * What stands under the events of requests of which it is not known whether they were taken.
     *
     * @return a row of {@code compare-repetitions.sql} for each that something stands for, by the request's id
     */
    Map<Object, Map<String, Object>> standing(List<Map<String, Object>> parameters) {
        return comparisons.runAll(parameters);
    }

    /** Those of the requests that something stood in the way of, and with each row what that is. */
    private List<Map<String, Object>> compared(List<Map<String, Object>> open, Map<Object, Map<String, Object>> answers) {
        List<Map<String, Object>> repeated = open.stream()
                .filter(one -> Repetition.standsInTheWay(answers.get(one.get("id")))).toList();
        if (repeated.isEmpty()) {
            return repeated;
        }
        Map<Object, Map<String, Object>> standing = comparisons.runAll(repeated.stream().map(one -> {
            Map<String, Object> asked = new HashMap<>(one);
            asked.put("conversationId", answers.get(one.get("id")).get("conversation_id"));
            return asked;
        }).toList());
        for (Map<String, Object> one : repeated) {
            Map<String, Object> row = new HashMap<>(answers.get(one.get("id")));
            row.putAll(standing.getOrDefault(one.get("id"), GONE));
            answers.put(one.get("id"), row);
        }
        return repeated;
    }

    /**
     * Writes down what a call to Meta brought; later, if that fails, because nobody else knows it.
     *
     * @param judgement what it brought
     * @return the same, now durable or kept until it can be; of a conversion that another sender has taken meanwhile,
     *         nothing was written
     */
    public DeliveryResult settle(DeliveryResult judgement) {
        DeliveryResult done = judgement;
        Set<Object> written = Set.of();
        try {
            written = write(judgement.settlements());
        } catch (RuntimeException e) {
            done = judgement.ended("It was not sent, because the outcome of the call before it could not be written down.");
            late.keep(done.settlements(), e);
        }
        judgement.delivery().settled(done.settlements(), written);
        return done;
    }

    /** Writes down what could not be written before; one by one if something is wrong with one of them. */
    public void settleLate() {
        List<AttemptResult> settlements = late.take();
        if (settlements.isEmpty()) {
            return;
        }
        try {
            write(settlements);
        } catch (RuntimeException e) {
            if (!SqlStates.isDataFault(e)) {
                late.putBack(settlements);
                throw e;
            }
            settlements.forEach(this::settleAlone);
        }
    }

    private void settleAlone(AttemptResult settlement) {
        try {
            write(List.of(settlement));
        } catch (RuntimeException e) {
            late.putBack(List.of(SqlStates.isDataFault(e) ? settlement.withoutWords() : settlement));
        }
    }

    private Set<Object> write(List<AttemptResult> settlements) {
        return outcomes.runAll(settlements.stream().map(AttemptResult::row).toList()).keySet();
    }
}
