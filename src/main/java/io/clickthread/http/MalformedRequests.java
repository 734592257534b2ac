package io.clickthread.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Answers requests that could not be read as HTTP, which no route ever sees, in the same shape as all others. Where the
 * next request would begin is not certain then, so the connection is closed.
 */
final class MalformedRequests implements Handler<HttpServerRequest> {

    private final ObjectMapper mapper;

    MalformedRequests(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Problem problem = problem(request.decoderResult().cause());
        byte[] json;
        try {
            json = mapper.writeValueAsBytes(problem.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a record of strings
        }
        RequestIds.open(request);
        request.response().setStatusCode(problem.status())
                .putHeader("Content-Type", "application/json").putHeader("Connection", "close")
                .end(Buffer.buffer(json));
        request.response().close();
    }

    /**
     * What to answer.
     *
     * @param cause why the request could not be read
     * @return the status and the sentence; nothing of the request stands in it
     */
    static Problem problem(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.of(414, "invalid_request_error", "uri_too_long", "The address is longer than 4096 bytes.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Problem.of(431, "invalid_request_error", "headers_too_large", "The headers are larger than 8192 bytes.");
        }
        if (cause instanceof Framing.Fault fault) {
            return Problem.of(fault.status(), "invalid_request_error",
                    fault.status() == 501 ? "version_not_supported" : "invalid_request", fault.getMessage());
        }
        return Problem.invalid("invalid_request", null, "This is not a well-formed HTTP/1.1 request.");
    }
}
