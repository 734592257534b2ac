package io.clickthread.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * Stands before everything: there is room for a request, it is not compressed, its answer has its {@code X-Request-Id}, one to the API has
 * a good key, and what it holds is given back when it ends.
 */
final class Guard implements Handler<RoutingContext> {

    private static final String SHORT_API = "/v1"; // the same API for clients with a base URL without /api

    private final long maxBodyBytes;
    private final Admission admission;
    private final BodyReader bodies;
    private final Connections connections;
    private final HeldRequests held;
    private final KeyCheck keyCheck;
    private final Refusals refusals;

    /**
     * For one server.
     *
     * @param maxBodyBytes of one body
     * @param admission    what may be under way
     * @param bodies       makes room for others
     * @param connections  are told when requests begin and end
     * @param held         is told when they end
     * @param keyCheck     of the API
     * @param refusals     answers what does not pass
     */
    Guard(long maxBodyBytes, Admission admission, BodyReader bodies, Connections connections, HeldRequests held, KeyCheck keyCheck,
          Refusals refusals) {
        this.maxBodyBytes = maxBodyBytes;
        this.admission = admission;
        this.bodies = bodies;
        this.connections = connections;
        this.held = held;
        this.keyCheck = keyCheck;
        this.refusals = refusals;
    }

    @Override
    public void handle(RoutingContext context) {
        String path = RequestPath.of(context);
        if (path != null && path.startsWith(SHORT_API + "/")) {
            String query = context.request().query();
            context.reroute("/api" + path + (query == null ? "" : "?" + query));
            return;
        }
        boolean api = path != null && (path.equals(WebServer.API) || path.startsWith(WebServer.API + "/"));
        open(context, api);
        String encoding = context.request().getHeader("Content-Encoding");
        Admission.Limit full = full(context, api);
        if (refusals.isStopping()) { // the routes go one by one: nobody is to be told that there is nothing at this address
            refusals.send(context, StandardProblems.STOPPING);
        } else if (full != null) {
            refusals.overloaded(context, admission.refuse(full));
        } else if (path == null) {
            context.fail(400);
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            context.fail(415);
        } else if (api) { // nothing of it is told from what is not there without a key
            context.response().putHeader("Cache-Control", "no-store");
            keyCheck.handle(context);
        } else {
            context.next();
        }
    }

    private Admission.Limit full(RoutingContext context, boolean api) {
        long declared = Math.min(BodyReader.declared(context.request()), maxBodyBytes);
        Admission.Limit full = admission.full(api, declared);
        while (full == Admission.Limit.BODIES && bodies.makeRoom()) {
            full = admission.full(api, declared);
        }
        return full;
    }

    private void open(RoutingContext context, boolean api) {
        Ticket ticket = admission.ticket(api);
        Vertx.currentContext().putLocal(WebServer.TICKET, ticket);
        connections.begins(context.request().connection());
        context.addEndHandler(end -> {
            connections.ends(context.request().connection());
            held.ended(context.request());
            if (end.succeeded()) {
                ticket.leave();
            } else {
                ticket.abandon();
            }
        });
        RequestIds.open(context.request());
    }
}
