package io.clickthread.conversion;

import io.clickthread.store.GroupedStatement;
import io.clickthread.store.GroupedStatements;
import io.clickthread.store.SqlStates;
import io.clickthread.system.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Writes conversions down, together with those of the requests beside them: first that they were accepted, later what
 * each call to Meta brought.
 */
@Component("conversionLog")
public class ConversionLog {

    private final GroupedStatement acceptances;
    private final GroupedStatement outcomes;
    private final LateOutcomes late;

    ConversionLog(GroupedStatements statements, LateOutcomes late, Settings settings) {
        this.late = late;
        int writers = settings.delivery().writers();
        this.acceptances = statements.through("direct:record-acceptances", writers, "id", "accountId",
                "conversationId", "aliases", "lastClick", "datasetId", "wabaId", "eventName", "eventId",
                "eventTime", "value", "currency", "contentIds", "emailHash", "externalIdHash", "testCode",
                "leaseMillis", "parkMillis", "clickId", "outcomeType");
        this.outcomes = statements.through("direct:record-outcomes", writers, "id", "attempt", "state",
                "dueInMillis", "reason", "retries", "attemptsMore", "eventsReceived", "eventsFailed", "failureCode",
                "failureMessage", "traceId", "durationMillis", "startedAtMillis", "outcome", "httpStatus", "code",
                "subcode", "message", "eventsSent");
    }

    /**
     * Makes a conversion durable.
     *
     * @param parameters what {@link Acceptance#read} made
     * @return the row of {@code accept-conversions.sql}
     */
    public Map<String, Object> accept(Map<String, Object> parameters) {
        return acceptances.run(parameters);
    }

    /**
     * Makes many conversions durable at once, all or none of them.
     *
     * @param parameters at least one, each made by {@link Acceptance#readQueued}
     * @return a row of {@code accept-conversions.sql} for each, in their order
     */
    public List<Map<String, Object>> acceptAll(List<Map<String, Object>> parameters) {
        Map<Object, Map<String, Object>> answers = acceptances.runAll(parameters);
        return parameters.stream().map(one -> answers.get(one.get("id"))).toList();
    }

    /**
     * Writes down what a call to Meta brought; later, if the database is away, because nobody else knows it.
     *
     * @param judgement what it brought
     * @return the same, now durable or kept until it can be; of a conversion that another sender has taken meanwhile,
     *         nothing was written
     */
    public Judgement settle(Judgement judgement) {
        Set<Object> written = Set.of();
        try {
            written = write(judgement.settlements());
        } catch (RuntimeException e) {
            if (!SqlStates.isAway(e)) {
                throw e;
            }
            late.keep(judgement);
        }
        judgement.delivery().settled(judgement.settlements(), written);
        return judgement;
    }

    /** Writes down what could not be written before. */
    public void settleLate() {
        List<Settlement> settlements = late.take();
        if (!settlements.isEmpty()) {
            try {
                write(settlements);
            } catch (RuntimeException e) {
                late.putBack(settlements);
                throw e;
            }
        }
    }

    private Set<Object> write(List<Settlement> settlements) {
        return outcomes.runAll(settlements.stream().map(Settlement::row).toList()).keySet();
    }
}
