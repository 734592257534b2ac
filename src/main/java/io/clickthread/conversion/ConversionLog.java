package io.clickthread.conversion;

import io.clickthread.store.GroupedStatement;
import io.clickthread.store.GroupedStatements;
import io.clickthread.system.Settings;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Writes conversions down, together with those of the requests beside them: first that they were accepted, later what
 * each call to Meta brought.
 */
@Component("conversionLog")
public class ConversionLog {

    private final GroupedStatement acceptances;
    private final GroupedStatement outcomes;

    ConversionLog(GroupedStatements statements, Settings settings) {
        int writers = settings.delivery().writers();
        this.acceptances = statements.through("direct:record-acceptances", writers, "id", "accountId",
                "conversationId", "aliasKind", "aliasValue", "lastClick", "datasetId", "wabaId", "eventName", "eventId",
                "eventTime", "value", "currency", "contentIds", "emailHash", "externalIdHash", "testCode",
                "leaseMillis", "parkMillis");
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
     * Writes down what a call to Meta brought.
     *
     * @param judgement what it brought
     * @return the same, now durable; of a conversion that another sender has taken meanwhile, nothing was written
     */
    public Judgement settle(Judgement judgement) {
        List<Map<String, Object>> rows = judgement.settlements().stream().map(Settlement::row).toList();
        judgement.delivery().settled(judgement.settlements(), outcomes.runAll(rows).keySet());
        return judgement;
    }
}
