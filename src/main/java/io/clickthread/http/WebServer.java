package io.clickthread.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.system.HttpSettings;
import io.clickthread.system.Settings;
import io.clickthread.system.StartupRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
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
 * The HTTP server that all {@code platform-http} routes share, with what stands before them: whatever a route does or forgets, a request
 * has passed the {@link Guard}, has a good key unless its route lies where routes are public ({@link KeyCheck}), has a body within its limits
 * ({@link BodyReader}) and a worker ({@link WaitForWorker}), and every refusal is JSON ({@link Refusals}). The port opens once all routes run
 * ({@link OpenPort}), so nobody meets a 404 of a server that is still starting, and closes after Camel has finished what was in flight.
 */
@Component
class WebServer implements CamelContextConfiguration, DisposableBean {

    static final String API = "/api/v1";

    /** Where a request's {@link Ticket} lies in its Vert.x context. */
    static final String TICKET = "ticket";

    private static final long SWEEP_MILLIS = 500; // how late a timeout may be

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    private final Settings settings;
    private final ObjectMapper mapper;
    private final BodyReader bodies;
    private final Refusals refusals;
    private final KeyCheck keyCheck;
    private final Guard guard;
    private final Connections connections;
    private final HeldRequests held;
    private final Vertx vertx;
    private HttpServer server;
    private Router router;
    private final AtomicInteger order = new AtomicInteger(Integer.MIN_VALUE / 2); // before all routes with a place for an id

    WebServer(Settings settings, ApiKeys keys, ObjectMapper mapper, Admission admission, HeldRequests held,
             MeterRegistry meters) {
        this.settings = settings;
        this.mapper = mapper;
        this.held = held;
        HttpSettings http = settings.http();
        this.bodies = new BodyReader(http.maxBodyBytes(), http.readTimeout().toNanos(),
                context -> noRoom(context, admission));
        this.refusals = new Refusals(mapper, bodies);
        this.keyCheck = new KeyCheck(keys, admission, refusals);
        this.connections = new Connections(http.connections(), http.idleTimeout().toNanos(), OpenPort.options(settings), admission::unsent);
        this.guard = new Guard(http.maxBodyBytes(), admission, bodies, connections, held, keyCheck, refusals);
        HttpMeters.register(meters, admission, bodies, connections);
        // A route may wait for the database or Meta, and holds a worker while it does.
        this.vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(http.workers()));
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        router = Router.router(vertx);
        router.route().order(Integer.MIN_VALUE).handler(guard);
        StandardProblems.byStatus(settings.http().maxBodyBytes())
                .forEach((status, problem) -> router.errorHandler(status, context -> refusals.failed(context, problem)));

        String name = VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO; // found whatever the port is
        camel.getRegistry().bind(name, new VertxPlatformHttpRouter(null, vertx, router, name) {
            @Override
            public Route route(String path) { // .../imports is not a conversion of that id, whichever route starts first
                // Each has an order of its own: of several with the same, Vert.x does not find all when they are to be removed.
                Route route = path.indexOf(':') < 0 ? super.route(path).order(order.getAndIncrement()) : super.route(path);
                return path.startsWith(API + "/") || PublicPaths.contain(path, settings) ? route : route.handler(keyCheck);
            }

            @Override
            public Handler<RoutingContext> bodyHandler() {
                return context -> bodies.read(context, Vertx.currentContext().getLocal(TICKET));
            }
        });
        VertxPlatformHttpEngine engine = new VertxPlatformHttpEngine();
        engine.setCamelContext(camel);
        engine.setHandlers(List.of(new WaitForWorker(refusals))); // between the body and the route
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
        refusals.stop();
    }

    @Override
    public void destroy() throws Exception {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void noRoom(RoutingContext context, Admission admission) {
        refusals.overloaded(context, admission.refuse(Admission.Limit.BODIES));
    }
}
