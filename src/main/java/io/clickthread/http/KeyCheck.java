package io.clickthread.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets on who has a good API key; a key that is not remembered is looked up by a worker. */
final class KeyCheck implements Handler<RoutingContext> {

    private static final Logger LOG = LoggerFactory.getLogger(KeyCheck.class);

    private final ApiKeys keys;
    private final Admission admission;
    private final Refusals refusals;

    /**
     * For one server.
     *
     * @param keys      the good ones
     * @param admission gives the worker of a look-up
     * @param refusals  answers who has none
     */
    KeyCheck(ApiKeys keys, Admission admission, Refusals refusals) {
        this.keys = keys;
        this.admission = admission;
        this.refusals = refusals;
    }

    @Override
    public void handle(RoutingContext context) {
        String authorization = context.request().getHeader("Authorization");
        if (keys.remembers(authorization)) {
            answer(context, keys.refusal(authorization));
            return;
        }
        context.request().pause();
        Context thread = Vertx.currentContext();
        Ticket ticket = admission.ticket(true); // looking a key up takes a worker, too
        Admission.Limit full = ticket.enter(() -> thread.executeBlocking(
                () -> Optional.ofNullable(keys.refusal(authorization)), false)
                .onComplete(any -> ticket.leave())
                .onSuccess(refusal -> answer(context, refusal.orElse(null)))
                .onFailure(failure -> {
                    LOG.warn("API key not checked: {}", failure.getClass().getSimpleName());
                    context.response().putHeader("Retry-After", "5");
                    refusals.send(context, Problem.of(503, "api_error", "temporarily_unavailable",
                            "The database cannot be reached, so the API key was not checked. Send the request again."));
                }));
        if (full != null) {
            refusals.overloaded(context, full);
        }
    }

    private void answer(RoutingContext context, Problem refusal) {
        if (refusal == null) {
            context.request().resume();
            context.next();
        } else {
            refusals.send(context, refusal);
        }
    }
}
