package io.clickthread.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.system.Settings;
import io.clickthread.system.StartupRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The HTTP server that all {@code platform-http} routes share, and the guard before them: whatever a route does or
 * forgets, a request has a good key unless its route lies where routes are public, no request is compressed or larger than the limit, there is a
 * worker for it ({@link Admission}), every answer has its {@code X-Request-Id}, and every refusal is JSON. The port opens once all routes run
 * ({@link OpenPort}), so nobody meets a 404 of a server that is still starting, and closes after Camel has finished what was in flight.
 */
@Component
class WebServer implements CamelContextConfiguration, DisposableBean {

    static final String API = "/api/v1";

    /** Where a request's {@link Admission.Ticket} lies in its Vert.x context. */
    static final String TICKET = "ticket";

    private static final long SWEEP_MILLIS = 500; // how late a timeout may be

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String SHORT_API = "/v1"; // the same API for clients with a base URL without /api

    private final Settings settings;
    private final ApiKeys keys;
    private final ObjectMapper mapper;
    private final Admission admission;
    private final BodyReader bodies;
    private final Connections connections;
    private final HeldRequests held;
    private volatile boolean stopping;
    private final Vertx vertx;
    private HttpServer server;
    private Router router;
    private final AtomicInteger order = new AtomicInteger(Integer.MIN_VALUE / 2); // before all routes with a place for an id

    WebServer(Settings settings, ApiKeys keys, ObjectMapper mapper, Admission admission, HeldRequests held,
             MeterRegistry meters) {
        this.settings = settings;
        this.keys = keys;
        this.mapper = mapper;
        this.admission = admission;
        this.held = held;
        Settings.Http http = settings.http();
        this.bodies = new BodyReader(http.maxBodyBytes(), http.readTimeout().toNanos(),
                context -> overloaded(context, admission.refuse(Admission.Limit.BODIES)));
        this.connections = new Connections(http.connections(), http.idleTimeout().toNanos(), OpenPort.options(settings), admission::unsent);
        HttpMeters.register(meters, admission, bodies, connections);
        // A route may wait for the database or Meta, and holds a worker while it does.
        this.vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(settings.http().workers()));
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        router = Router.router(vertx);
        router.route().order(Integer.MIN_VALUE).handler(this::guard);
        StandardProblems.byStatus(settings.http().maxBodyBytes())
                .forEach((status, problem) -> router.errorHandler(status, context -> refuse(context, problem)));

        String name = VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO; // found whatever the port is
        camel.getRegistry().bind(name, new VertxPlatformHttpRouter(null, vertx, router, name) {
            @Override
            public Route route(String path) { // .../imports is not a conversion of that id, whichever route starts first
                // Each has an order of its own: of several with the same, Vert.x does not find all when they are to be removed.
                Route route = path.indexOf(':') < 0 ? super.route(path).order(order.getAndIncrement()) : super.route(path);
                return path.startsWith(API + "/") || PublicPaths.contain(path, settings) ? route : route.handler(WebServer.this::checkKey);
            }

            @Override
            public Handler<RoutingContext> bodyHandler() {
                return context -> bodies.read(context, Vertx.currentContext().getLocal(TICKET));
            }
        });
        VertxPlatformHttpEngine engine = new VertxPlatformHttpEngine();
        engine.setCamelContext(camel);
        engine.setHandlers(List.of(this::waitForWorker)); // between the body and the route
        camel.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, PlatformHttpEngine.class, engine);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // not here: Camel logs what goes wrong here and goes on
    }

    /** Opens the port, once all routes run. */
    void listen() {
        try {
            server = vertx.createHttpServer(OpenPort.options(settings)).connectionHandler(connections::opened)
                    .invalidRequestHandler(new MalformedRequests(mapper)).requestHandler(held.before(router)).listen()
                    .toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new StartupRefused("port " + settings.port() + " on " + settings.host() + " cannot be opened ("
                    + (e.getCause() == null ? e : e.getCause()).getMessage()
                    + "): stop what listens there, or set another port with CLICKTHREAD_PORT");
        }
        vertx.setPeriodic(SWEEP_MILLIS, timer -> {
            bodies.endLateOnes();
            connections.closeIdleOnes();
        });
        LOG.info("Listening on {}:{}", settings.host(), server.actualPort());
    }

    /** The port that is open, which differs from the setting if that is 0. */
    int port() {
        return server.actualPort();
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
    }

    @Override
    public void destroy() throws Exception {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void guard(RoutingContext context) {
        String path = RequestPath.of(context);
        if (path != null && path.startsWith(SHORT_API + "/")) {
            String query = context.request().query();
            context.reroute("/api" + path + (query == null ? "" : "?" + query));
            return;
        }
        boolean api = path != null && (path.equals(API) || path.startsWith(API + "/"));
        open(context, api);
        String encoding = context.request().getHeader("Content-Encoding");
        long declared = Math.min(BodyReader.declared(context.request()), settings.http().maxBodyBytes());
        Admission.Limit full = admission.full(api, declared);
        while (full == Admission.Limit.BODIES && bodies.makeRoom()) {
            full = admission.full(api, declared);
        }
        if (stopping) { // the routes go one by one: nobody is to be told that there is nothing at this address
            send(context, StandardProblems.STOPPING);
        } else if (full != null) {
            overloaded(context, admission.refuse(full));
        } else if (path == null) {
            context.fail(400);
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            context.fail(415);
        } else if (api) { // nothing of it is told from what is not there without a key
            context.response().putHeader("Cache-Control", "no-store");
            checkKey(context);
        } else {
            context.next();
        }
    }

    private void open(RoutingContext context, boolean api) {
        Admission.Ticket ticket = admission.ticket(api);
        Vertx.currentContext().putLocal(TICKET, ticket);
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

    private void checkKey(RoutingContext context) {
        String authorization = context.request().getHeader("Authorization");
        if (keys.remembers(authorization)) {
            answer(context, keys.refusal(authorization));
            return;
        }
        context.request().pause();
        Context thread = Vertx.currentContext();
        Admission.Ticket ticket = admission.ticket(true); // looking a key up takes a worker, too
        Admission.Limit full = ticket.enter(() -> thread.executeBlocking(
                () -> Optional.ofNullable(keys.refusal(authorization)), false)
                .onComplete(any -> ticket.leave())
                .onSuccess(refusal -> answer(context, refusal.orElse(null)))
                .onFailure(failure -> {
                    LOG.warn("API key not checked: {}", failure.getClass().getSimpleName());
                    context.response().putHeader("Retry-After", "5");
                    send(context, Problem.of(503, "api_error", "temporarily_unavailable",
                            "The database cannot be reached, so the API key was not checked. Send the request again."));
                }));
        if (full != null) {
            overloaded(context, full);
        }
    }

    private void answer(RoutingContext context, Problem refusal) {
        if (refusal == null) {
            context.request().resume();
            context.next();
        } else {
            send(context, refusal);
        }
    }

    private void waitForWorker(RoutingContext context) {
        Context thread = Vertx.currentContext();
        Admission.Ticket ticket = thread.getLocal(TICKET);
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
            overloaded(context, full);
        }
    }

    private static void goOn(RoutingContext context, boolean unread) {
        if (unread) {
            BodyReader.ask(context.request());
            context.request().resume();
        }
        context.next();
    }

    private void overloaded(RoutingContext context, Admission.Limit limit) {
        if (context.response().headWritten()) { // refused already; the rest of its body is being thrown away
            return;
        }
        send(context, limit == Admission.Limit.BODIES ? StandardProblems.TOO_MANY_BYTES : StandardProblems.OVERLOADED);
    }

    private void refuse(RoutingContext context, Problem problem) {
        if (problem.status() == 500 && context.failure() != null) {
            ErrorResponses.unexpected(context.response().headers().get(RequestIds.HEADER), context.failure());
        }
        send(context, problem);
    }

    private void send(RoutingContext context, Problem problem) {
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
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e); // a record of strings
        }
        if (unasked) {
            context.request().connection().close();
        } else {
            bodies.discard(context);
        }
    }
}
