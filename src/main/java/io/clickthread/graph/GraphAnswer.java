package io.clickthread.graph;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a call to the Graph API brought.
 *
 * @param reach          how far the call got
 * @param status         the HTTP status; 0 without an answer
 * @param body           the JSON; {@code MissingNode} if there was none
 * @param retryAfter     seconds that Meta asks to wait, with a refusal or beside a success; null if it does not
 * @param startedAt      Unix milliseconds
 * @param durationMillis how long it took
 */
public record GraphAnswer(Reach reach, int status, JsonNode body, Long retryAfter, long startedAt, int durationMillis) {

    /** How far a call got. */
    public enum Reach {
        /** Meta answered. */
        ANSWERED,
        /** No connection was made, so Meta knows nothing of it. */
        NOT_SENT,
        /** It may have left, and no whole answer came. */
        UNANSWERED
    }

    /** Meta's {@code error} object; missing if there was none. */
    public JsonNode error() {
        return body.path("error");
    }

    /** {@code error.code}, or 0. */
    public int code() {
        return error().path("code").asInt(0);
    }

    /** {@code error.error_subcode}, or 0. */
    public int subcode() {
        return error().path("error_subcode").asInt(0);
    }

    /** Meta's most telling sentence for people, in the language Meta chose; never to be classified by. */
    public String message() {
        for (String field : new String[] {"error_user_msg", "error_user_title", "message"}) {
            if (error().hasNonNull(field)) {
                return error().path(field).asText();
            }
        }
        return null;
    }

    /** {@code fbtrace_id}, which Meta's support asks for, or null. */
    public String traceId() {
        JsonNode trace = body.hasNonNull("fbtrace_id") ? body.path("fbtrace_id") : error().path("fbtrace_id");
        return trace.isTextual() ? trace.textValue() : null;
    }

    /** Whether Meta answered 2xx without an error object. */
    public boolean isSuccess() {
        return reach == Reach.ANSWERED && status / 100 == 2 && error().isMissingNode();
    }
}
