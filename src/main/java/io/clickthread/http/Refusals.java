package io.clickthread.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Answers requests that reach no route, or none that answers: as JSON, and so that what still comes of them does no harm. */
final class Refusals {

    private final ObjectMapper mapper;
    private final BodyReader bodies;
    private volatile boolean stopping;

    /**
     * For one server.
     *
     * @param mapper writes the answer
     * @param bodies reads on what is not wanted
     */
    Refusals(ObjectMapper mapper, BodyReader bodies) {
        this.mapper = mapper;
        this.bodies = bodies;
    }

    /** From now on every refusal closes its connection. */
    void stop() {
        stopping = true;
    }

    /** Whether the server is stopping. */
    boolean isStopping() {
        return stopping;
    }

    /**
     * There is too much of something.
     *
     * @param context what is refused
     * @param limit   of what
     */
    void overloaded(RoutingContext context, Admission.Limit limit) {
        if (context.response().headWritten()) { // refused already; the rest of its body is being thrown away
            return;
        }
        send(context, limit == Admission.Limit.BODIES ? StandardProblems.TOO_MANY_BYTES : StandardProblems.OVERLOADED);
    }

    /**
     * A handler or a route failed.
     *
     * @param context what failed
     * @param problem what its client is told
     */
    void failed(RoutingContext context, Problem problem) {
        if (problem.status() == 500 && context.failure() != null) {
            ErrorResponses.unexpected(context.response().headers().get(RequestIds.HEADER), context.failure());
        }
        send(context, problem);
    }

    /**
     * Any refusal; nothing happens if the answer is complete.
     *
     * @param context what is refused
     * @param problem why
     */
    void send(RoutingContext context, Problem problem) {
        if (context.response().ended()) {
            return;
        }
        if (context.response().headWritten()) { // the caller must not take half an answer for a whole one
            context.request().connection().close();
            return;
        }
        if (!context.response().headers().contains(RequestIds.HEADER)) { // of an address that is none: no handler saw it
            RequestIds.open(context.request());
        }
        boolean unasked = BodyReader.waitsToBeAsked(context.request()) && !context.request().isEnded(); // its body may come, or the next request
        try {
            context.response().setStatusCode(problem.status()).putHeader("Content-Type", "application/json");
            if (unasked || stopping) {
                context.response().putHeader("Connection", "close");
            }
            if (problem.status() == 503 && !context.response().headers().contains("Retry-After")) {
                context.response().putHeader("Retry-After", "1");
            }
            context.response().end(Buffer.buffer(mapper.writeValueAsBytes(problem.body())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a record of strings
        }
        if (unasked) {
            context.request().connection().close();
        } else {
            bodies.discard(context);
        }
    }
}
