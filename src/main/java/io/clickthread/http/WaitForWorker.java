package io.clickthread.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Stands between the body and the route: a request goes on once there is a worker for it. */
final class WaitForWorker implements Handler<RoutingContext> {

    private final Refusals refusals;

    /**
     * For one server.
     *
     * @param refusals answers what there is no worker for
     */
    WaitForWorker(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public void handle(RoutingContext context) {
        Context thread = Vertx.currentContext();
        Ticket ticket = thread.getLocal(WebServer.TICKET);
        boolean unread = !context.request().isEnded(); // a route that streams reads its body itself, once it has a worker
        if (unread) {
            context.request().pause();
        }
        Admission.Limit full = ticket.enter(() -> {
            if (Vertx.currentContext() == thread) {
                goOn(context, unread);
            } else {
                thread.runOnContext(nothing -> goOn(context, unread));
            }
        });
        if (full != null) {
            refusals.overloaded(context, full);
        }
    }

    private static void goOn(RoutingContext context, boolean unread) {
        if (unread) {
            BodyReader.ask(context.request());
            context.request().resume();
        }
        context.next();
    }
}
