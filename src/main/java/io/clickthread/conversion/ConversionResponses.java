package io.clickthread.conversion;

import io.clickthread.http.ApiResponse;
import io.clickthread.http.IgnoredFields;
import io.clickthread.store.Rows;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Answers {@code POST /whatsapp/conversions}: 200 in Zernio's shape once Meta has judged, be it a refusal; 202 in the
 * same shape while it has not.
 */
@Component("conversionResponses")
public class ConversionResponses {

    private static final String PATH = "/api/v1/whatsapp/conversions/";

    /**
     * The answer after the first attempt.
     *
     * @param delivery of this conversion alone, with what it brought
     * @return 200 or 202
     */
    public ApiResponse first(DeliveryBatch delivery) {
        AttemptResult settlement = delivery.only();
        if (settlement == null) {
            Conversion conversion = delivery.left().get(0);
            return answer(conversion.id(), conversion.eventId(), "sending", null, null, null, null,
                    "It is not known yet what became of it; its address shows it.", false);
        }
        return answer(settlement.conversion().id(), settlement.conversion().eventId(), settlement.state(),
                settlement.eventsReceived(), settlement.failureCode(), settlement.message(),
                settlement.answer() == null ? null : settlement.answer().traceId(), settlement.reason(), false);
    }

    /**
     * The answer before any attempt: the caller prefers not to wait, or it has to wait for something.
     *
     * @param accepted the accepted conversion
     * @return 202; 200 if Meta's own event counts for it, so that nothing is left to do
     */
    public ApiResponse queued(AcceptedConversion accepted) {
        ApiResponse answer = answer(accepted.conversion().id(), accepted.conversion().eventId(), accepted.state(), null, null,
                null, null, accepted.reason(), false);
        return accepted.state().equals("closed") ? done(answer) : answer;
    }

    /**
     * The answer to a repetition: what is known of the first request by now.
     *
     * @param accepted a repetition
     * @return 200 or 202, with {@code Idempotent-Replayed: true}
     */
    public ApiResponse replayed(AcceptedConversion accepted) {
        return standing(accepted.repetition(), true);
    }

    /** The same, for what was taken before or, if it is no repetition, for what this request itself stored before it failed. */
    ApiResponse standing(Repetition repetition, boolean isRepeated) {
        Map<String, Object> row = repetition.row();
        ApiResponse answer = answer(Rows.text(row, "stands_id"), Rows.text(row, "event_id"), Rows.text(row, "stands_state"),
                Rows.number(row, "events_received"), Rows.text(row, "failure_code"), Rows.text(row, "failure_message"),
                Rows.text(row, "trace_id"), Rows.text(row, "stands_reason"), isRepeated);
        return Boolean.TRUE.equals(row.get("is_counted")) ? done(answer) : answer;
    }

    /**
     * Any of these answers with the names of the fields that were not read.
     *
     * @param conversion of the request
     * @param answer     the answer
     * @return the same answer, with {@code X-Ignored-Fields} if there are such fields
     */
    public ApiResponse named(NewConversion conversion, ApiResponse answer) {
        return IgnoredFields.named(answer, conversion.ignored());
    }

    private static ApiResponse done(ApiResponse answer) {
        return new ApiResponse(200, answer.headers(), answer.body());
    }

    private static ApiResponse answer(String id, String eventId, String state, Integer received, String code, String message,
                                 String traceId, String reason, boolean replayed) {
        boolean rejected = state.equals("rejected");
        boolean judged = rejected || state.equals("delivered");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("platform", "metaads");
        body.put("eventsReceived", judged && received != null ? received : 0);
        body.put("eventsFailed", rejected ? 1 : 0);
        body.put("failures", rejected ? List.of(failure(eventId, message, code)) : List.of());
        if (traceId != null) {
            body.put("traceId", traceId);
        }
        if (!judged) {
            body.put("status", States.shown(state));
            body.put("conversionId", id);
            body.put("reason", reason);
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("Location", PATH + id);
        if (replayed) {
            headers.put("Idempotent-Replayed", "true");
        }
        return new ApiResponse(judged ? 200 : 202, headers, body);
    }

    private static Map<String, Object> failure(String eventId, String message, String code) {
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("eventIndex", 0);
        failure.put("eventId", eventId);
        failure.put("message", message == null ? "Meta refused the event." : message);
        failure.put("code", code == null ? "rejected" : Integer.valueOf(code));
        return failure;
    }
}
