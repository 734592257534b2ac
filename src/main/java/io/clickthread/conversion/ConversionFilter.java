package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Request;
import io.clickthread.http.Times;
import io.clickthread.system.Ids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of the conversions that Meta did not take somebody means. Fields that are not given leave nothing out.
 *
 * @param states     the stored states
 * @param ids        their ids, or null
 * @param parameters the other parameters of {@code list-dead-letters.sql} and {@code choose-dead-letters.sql}
 */
record ConversionFilter(List<String> states, List<String> ids, Map<String, Object> parameters) {

    /** What says which conversions are meant. */
    private static final Set<String> NARROWING =
            Set.of("accountId", "ids", "eventName", "code", "since", "until", "conversationId", "status");
    /** What else the body of a decision may have. */
    private static final Set<String> OTHER = Set.of("dryRun", "all", "reason");
    private static final int MOST_IDS = 1_000;

    /** As the parameters of an address give it. */
    static ConversionFilter of(Request request, List<String> states) {
        Map<String, Object> parameters = new HashMap<>();
        for (String name : List.of("accountId", "eventName", "code", "conversationId")) {
            parameters.put(name, request.query(name));
        }
        parameters.put("since", Times.read("since", request.query("since")));
        parameters.put("until", Times.read("until", request.query("until")));
        return new ConversionFilter(states, null, parameters);
    }

    /**
     * As the body of a decision gives it. A body that narrows nothing must say {@code all}, and one with a field that does
     * not exist is refused, because a misspelt filter would be one that means more.
     */
    static ConversionFilter of(JsonNode body, JsonFields fields, Action decision) {
        fields.only(Stream.concat(NARROWING.stream(), OTHER.stream()).collect(Collectors.toSet()));
        List<String> states = states(fields, decision);
        List<String> ids = fields.texts("ids", MOST_IDS, 24);
        if (ids != null && !ids.stream().allMatch(Ids::isId)) {
            fields.fault("ids", "'ids' must be ids of conversions, 24 hexadecimal digits each.");
        }
        Map<String, Object> parameters = new HashMap<>();
        for (String name : List.of("accountId", "eventName", "code", "conversationId")) {
            parameters.put(name, fields.optional(name, 100));
        }
        String since = time(body, fields, "since");
        String until = time(body, fields, "until");
        if (NARROWING.stream().noneMatch(fields::has) && !fields.flag("all")) {
            fields.fault("all", "This would concern every conversion: say {\"all\": true}, or which ones you mean by "
                    + "status, accountId, ids, eventName, code, since, until or conversationId.");
        }
        fields.check();
        parameters.put("since", Times.read("since", since));
        parameters.put("until", Times.read("until", until));
        return new ConversionFilter(states, ids, parameters);
    }

    private static List<String> states(JsonFields fields, Action decision) {
        String status = fields.optional("status", 100);
        if (status == null) {
            return decision.standard();
        }
        if (!decision.from().contains(status)) {
            fields.fault("status", decision == Action.REPLAY && status.equals("unknown")
                    ? "Meta may have counted an unknown one and would count it again: decide that with "
                            + "POST /api/v1/dead-letters/release."
                    : "'status' must be one of " + String.join(", ", decision.from()) + " here.");
        }
        return List.of(status);
    }

    private static String time(JsonNode body, JsonFields fields, String name) {
        return body.path(name).isIntegralNumber() ? body.get(name).asText() : fields.optional(name, 100);
    }

    @Override
    public String toString() {
        return "ConversionFilter[" + states + "]"; // the rest is a person's
    }
}
