package io.clickthread.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id by which a caller, an answer and the log mean the same request: the caller's own, if it is harmless, or a new one. */
final class RequestIds {

    /** The header of requests and answers. */
    static final String HEADER = "X-Request-Id";

    private static final Pattern GOOD = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestIds() {
    }

    /**
     * Puts what every answer has into the answer of a request.
     *
     * @param request that was not answered yet
     */
    static void open(HttpServerRequest request) {
        String given = request.getHeader(HEADER);
        request.response()
                .putHeader(HEADER, given != null && GOOD.matcher(given).matches() ? given : UUID.randomUUID().toString())
                .putHeader("X-Content-Type-Options", "nosniff");
    }
}
