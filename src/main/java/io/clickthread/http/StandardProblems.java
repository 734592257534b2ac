package io.clickthread.http;

import java.util.Map;

/** What is answered to requests that reach no route, or find no room. */
final class StandardProblems {

    static final Problem OVERLOADED = Problem.of(503, "api_error", "overloaded",
            "Too many requests are under way. Nothing was stored; send the request again.");
    static final Problem TOO_MANY_BYTES = Problem.of(503, "api_error", "overloaded",
            "Too many large requests are under way. Nothing was stored; send the request again.");

    static final Problem STOPPING = Problem.of(503, "api_error", "stopping",
            "This server is being stopped. Nothing was stored; send the request again.");

    private StandardProblems() {
    }

    /**
     * The problem of each status that the router answers by itself.
     *
     * @param maxBodyBytes the largest body that is taken
     * @return a problem by status
     */
    static Map<Integer, Problem> byStatus(long maxBodyBytes) {
        return Map.of(400, Problem.invalid("invalid_request", null, "The request is malformed."),
                404, Problem.notFound("not_found", "There is nothing at this address."),
                405, Problem.of(405, "invalid_request_error", "method_not_allowed", "This address does not take this method."),
                408, Problem.of(408, "invalid_request_error", "request_timeout",
                        "The body did not arrive in time. Send the request again."),
                413, Problem.of(413, "invalid_request_error", "payload_too_large",
                        "The body is larger than " + maxBodyBytes + " bytes."),
                415, Problem.of(415, "invalid_request_error", "unsupported_media_type",
                        "Send 'Content-Type: application/json', or text/csv for a file, without a Content-Encoding."),
                500, Problem.of(500, "api_error", "internal_error",
                        "Something failed here. The log has the details under the X-Request-Id of this answer."));
    }
}
