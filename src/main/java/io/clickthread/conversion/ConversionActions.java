package io.clickthread.conversion;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import io.clickthread.system.Settings;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Decisions about one conversion that Meta did not take, or may have taken. */
@Component("conversionActions")
public class ConversionActions {

    private final ObjectMapper mapper;
    private final Settings settings;

    ConversionActions(ObjectMapper mapper, Settings settings) {
        this.mapper = mapper;
        this.settings = settings;
    }

    /**
     * Sends one again that Meta did not count.
     *
     * @param request with the path parameter {@code conversionId}
     * @return the parameters of {@code decide-conversions.sql}
     */
    public Map<String, Object> replay(Request request) {
        return move(Action.REPLAY, request, null);
    }

    /**
     * Sends one again that Meta may have counted.
     *
     * @param request with the path parameter {@code conversionId}
     * @return the parameters of {@code decide-conversions.sql}
     */
    public Map<String, Object> release(Request request) {
        return move(Action.RELEASE, request, null);
    }

    /**
     * Closes one.
     *
     * @param request with the path parameter {@code conversionId} and a {@code reason} in its body
     * @return the parameters of {@code decide-conversions.sql}
     * @throws Problem 400 without a reason
     */
    public Map<String, Object> close(Request request) {
        JsonFields fields = new JsonFields(request.json(mapper));
        String reason = fields.required("reason", DeadLetters.LONGEST_REASON);
        fields.check();
        return move(Action.CLOSE, request, reason);
    }

    private Map<String, Object> move(Action decision, Request request, String reason) {
        return BulkAction.move(decision, List.of(request.path("conversionId")), decision.from(), reason,
                DeadLetters.oldest(settings));
    }

    /**
     * Looks at what the database answered.
     *
     * @param move what one of the decisions made
     * @param row  of {@code decide-conversions.sql}, or null
     * @return the parameters of {@code find-conversion.sql} and {@code list-history.sql}
     * @throws Problem 404 if there is no such conversion, 409 if its state does not allow it, 422 if Meta would refuse it
     */
    public Map<String, Object> decided(Map<String, Object> move, Map<String, Object> row) {
        if (row == null) {
            throw ConversionViews.unknown();
        }
        if (!BulkAction.isTrue(row, "moved")) {
            throw refusal(Rows.text(row, "was"), row, (String[]) move.get("states"), (String) move.get("event"));
        }
        return Map.of("id", row.get("id"));
    }

    private static Problem refusal(String state, Map<String, Object> row, String[] states, String event) {
        if (!List.of(states).contains(state)) {
            String hint = state.equals("unknown") ? " Meta may have counted it; to send it nevertheless, release it." : "";
            return Problem.of(409, "invalid_request_error", "wrong_state", "A conversion can be " + event
                    + " only while it is " + String.join(" or ", states) + "; this one is " + state + "." + hint);
        }
        return BulkAction.isTrue(row, "has_click")
                ? Problem.unprocessable("event_too_old", "The event is more than 7 days old, and Meta refuses it.")
                : Problem.unprocessable("no_ctwa_clid", "The conversion has no ctwa_clid, so Meta could attribute nothing.");
    }
}
