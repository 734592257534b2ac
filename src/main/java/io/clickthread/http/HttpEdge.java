package io.clickthread.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.system.Settings;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The HTTP server that all {@code platform-http} routes share, and the guard before them: whatever a route does or
 * forgets, a request to {@code /api/v1} has a good key, no request is compressed or larger than the limit, every answer
 * has its {@code X-Request-Id}, and every refusal is JSON. The port opens once all routes run, so nobody meets a 404 of
 * a server that is still starting, and closes after Camel has finished what was in flight.
 */
@Component
class HttpEdge implements CamelContextConfiguration, DisposableBean {

    static final String REQUEST_ID = "X-Request-Id";
    static final String API = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);
    private static final Pattern GOOD_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final String SHORT_API = "/v1"; // the same API for clients with a base URL without /api

    private final Settings settings;
    private final ApiKeys keys;
    private final ObjectMapper mapper;
    private final Vertx vertx;
    private HttpServer server;
    private Router router;

    HttpEdge(Settings settings, ApiKeys keys, ObjectMapper mapper) {
        this.settings = settings;
        this.keys = keys;
        this.mapper = mapper;
        // A route may wait for the database or Meta, and holds a worker while it does.
        this.vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(settings.http().workers()));
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        router = Router.router(vertx);
        router.route().order(Integer.MIN_VALUE).handler(this::guard);
        Map.of(400, Problem.invalid("invalid_request", null, "The request is malformed."),
                404, Problem.notFound("not_found", "There is nothing at this address."),
                405, Problem.of(405, "invalid_request_error", "method_not_allowed",
                        "This address does not take this method."),
                413, Problem.of(413, "invalid_request_error", "payload_too_large",
                        "The body is larger than " + settings.http().maxBodyBytes() + " bytes."),
                415, Problem.of(415, "invalid_request_error", "unsupported_media_type",
                        "Send 'Content-Type: application/json' without a Content-Encoding."),
                500, Problem.of(500, "api_error", "internal_error",
                        "Something failed here. The log has the details under the X-Request-Id of this answer."))
                .forEach((status, problem) -> router.errorHandler(status, context -> refuse(context, problem)));

        Handler<RoutingContext> body = BodyHandler.create(false).setBodyLimit(settings.http().maxBodyBytes());
        String name = VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO; // found whatever the port is
        camel.getRegistry().bind(name, new VertxPlatformHttpRouter(null, vertx, router, name) {
            @Override
            public Handler<RoutingContext> bodyHandler() {
                return context -> {
                    context.request().resume();
                    body.handle(context);
                };
            }
        });
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setIdleTimeout((int) settings.http().idleTimeout().toSeconds())
                .setHandle100ContinueAutomatically(true)
                // There are no WebSockets here, and their compression would look at every request.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        try {
            server = vertx.createHttpServer(options).requestHandler(router).listen()
                    .toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Port " + settings.port() + " on " + settings.host()
                    + " cannot be opened (CLICKTHREAD_PORT): " + e.getCause(), e);
        }
        LOG.info("Listening on {}:{}", settings.host(), server.actualPort());
    }

    @Override
    public void destroy() throws Exception {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void guard(RoutingContext context) {
        String given = context.request().getHeader(REQUEST_ID);
        context.response()
                .putHeader(REQUEST_ID,
                        given != null && GOOD_ID.matcher(given).matches() ? given : UUID.randomUUID().toString())
                .putHeader("X-Content-Type-Options", "nosniff");
        String encoding = context.request().getHeader("Content-Encoding");
        String path;
        try {
            path = context.normalizedPath(); // what routes are matched by: /%61pi and //api are /api
        } catch (IllegalArgumentException e) {
            context.fail(400);
            return;
        }
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            context.fail(415);
        } else if (path.startsWith(SHORT_API + "/")) {
            String query = context.request().query();
            context.reroute("/api" + path + (query == null ? "" : "?" + query));
        } else if (path.equals(API) || path.startsWith(API + "/")) {
            context.response().putHeader("Cache-Control", "no-store");
            checkKey(context);
        } else {
            context.next();
        }
    }

    private void checkKey(RoutingContext context) {
        String authorization = context.request().getHeader("Authorization");
        if (keys.remembers(authorization)) {
            admit(context, keys.refusal(authorization));
            return;
        }
        context.request().pause();
        vertx.executeBlocking(() -> java.util.Optional.ofNullable(keys.refusal(authorization)), false)
                .onSuccess(refusal -> {
                    context.request().resume();
                    admit(context, refusal.orElse(null));
                })
                .onFailure(failure -> {
                    context.request().resume();
                    LOG.warn("API key not checked: {}", failure.getClass().getSimpleName());
                    context.response().putHeader("Retry-After", "5");
                    send(context, Problem.of(503, "api_error", "temporarily_unavailable",
                            "The database cannot be reached, so the API key was not checked. Send the request again."));
                });
    }

    private void admit(RoutingContext context, Problem refusal) {
        if (refusal == null) {
            context.next();
        } else {
            send(context, refusal);
        }
    }

    private void refuse(RoutingContext context, Problem problem) {
        if (problem.status() == 500 && context.failure() != null) {
            LOG.error("Unexpected failure, request {}", context.response().headers().get(REQUEST_ID), context.failure());
        }
        send(context, problem);
    }

    private void send(RoutingContext context, Problem problem) {
        if (context.response().ended()) {
            return;
        }
        try {
            context.response().setStatusCode(problem.status()).putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(mapper.writeValueAsBytes(problem.body())));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e); // a record of strings
        }
    }
}
