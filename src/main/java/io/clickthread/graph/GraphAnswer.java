package io.clickthread.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What a call to the Graph API brought.
 *
 * @param reach          how far the call got
 * @param status         the HTTP status; 0 without an answer
 * @param body           the JSON; {@code MissingNode} if there was none
 * @param retryAfter     seconds that Meta asks to wait, with a refusal or beside a success; null if it does not
 * @param startedAt      Unix milliseconds
 * @param durationMillis how long it took
 * @param line           the first line of an answer that is not in Meta's form, without what is secret or personal; the
 *                       fault of a call that failed here; else null
 */
public record GraphAnswer(Reach reach, int status, JsonNode body, Long retryAfter, long startedAt, int durationMillis,
                          String line) {

    /**
     * An answer in Meta's form, or none.
     *
     * @param reach          how far the call got
     * @param status         the HTTP status; 0 without an answer
     * @param body           the JSON; {@code MissingNode} if there was none
     * @param retryAfter     seconds that Meta asks to wait, or null
     * @param startedAt      Unix milliseconds
     * @param durationMillis how long it took
     */
    public GraphAnswer(Reach reach, int status, JsonNode body, Long retryAfter, long startedAt, int durationMillis) {
        this(reach, status, body, retryAfter, startedAt, durationMillis, null);
    }

    /**
     * A call that did not leave, because something failed here.
     *
     * @param fault what failed, in words that are neither secret nor personal
     * @return the lack of an answer
     */
    public static GraphAnswer failedHere(String fault) {
        return new GraphAnswer(Reach.FAILED_HERE, 0, MissingNode.getInstance(), null, System.currentTimeMillis(), 0, fault);
    }

    /**
     * A call that may have left and whose answer is not known.
     *
     * @return the lack of an answer
     */
    public static GraphAnswer unanswered() {
        return new GraphAnswer(Reach.UNANSWERED, 0, MissingNode.getInstance(), null, System.currentTimeMillis(), 0);
    }

    /** How far a call got. */
    public enum Reach {
        /** An answer came: Meta's, or that of a proxy on the way. */
        ANSWERED,
        /** No connection was made, so Meta knows nothing of it. */
        NOT_SENT,
        /** A fault of this server's kept the call from leaving, so Meta knows nothing of it; {@code line} says which. */
        FAILED_HERE,
        /** It may have left, and no whole answer came. */
        UNANSWERED
    }

    /** The {@code error} field; missing if there was none. */
    public JsonNode error() {
        return body.path("error");
    }

    /**
     * Whether the answer has an error object as the Graph API writes it, with a code. Gateways that write JSON errors put
     * the HTTP status there; no code of Meta's is its own status.
     */
    public boolean isGraphError() {
        JsonNode code = error().path("code");
        return error().isObject() && isWhole(code) && code() != 0
                && (code() != status || error().hasNonNull("fbtrace_id") || error().hasNonNull("error_subcode"));
    }

    /** {@code error.code}, also if it came as a text, or 0. */
    public int code() {
        return whole(error().path("code"), 0);
    }

    /** {@code error.error_subcode}, also if it came as a text, or 0. */
    public int subcode() {
        return whole(error().path("error_subcode"), 0);
    }

    /** Whether Meta says that the same call may pass later. */
    public boolean isCalledTransient() {
        return error().path("is_transient").asBoolean(false);
    }

    /** {@code events_received}; -1 if there is none. */
    public int eventsReceived() {
        return whole(body.path("events_received"), -1);
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

    /** Whether the answer is 2xx with a JSON object that has no error; a login page of a proxy is 200 as well, and is none. */
    public boolean isSuccess() {
        return reach == Reach.ANSWERED && status / 100 == 2 && body.isObject() && !body.hasNonNull("error");
    }

    /** Without the body, which may quote what was sent. */
    @Override
    public String toString() {
        return "GraphAnswer[" + reach + " " + status + "]";
    }

    private static boolean isWhole(JsonNode node) {
        return node.isNumber() && node.canConvertToInt() && node.doubleValue() == node.intValue()
                || node.isTextual() && node.textValue().strip().matches("-?[0-9]{1,9}");
    }

    private static int whole(JsonNode node, int otherwise) {
        return !isWhole(node) ? otherwise
                : node.isTextual() ? Integer.parseInt(node.textValue().strip()) : node.intValue();
    }
}
