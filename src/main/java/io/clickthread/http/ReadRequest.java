package io.clickthread.http;

import io.clickthread.system.Settings;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.springframework.stereotype.Component;

/**
 * The first step of every HTTP route: turns what the engine received into a {@link Request} and drops every header,
 * because Camel would take path, query and header values of the caller for its own. A request of the API that changes
 * something under an {@code Idempotency-Key} goes on only if it is the first; else the route ends here, with the answer.
 * A route that takes its body while it arrives says {@code useBodyHandler: false} and finds it as an {@code InputStream} in
 * the variable {@code upload}; its key is not looked at, because a key stands for bytes that are known.
 */
@Component("readRequest")
class ReadRequest implements Processor {

    /** The variable that holds the request's id, by which the log and the answer of a failure are matched. */
    private static final String REQUEST_ID = "requestId";
    /** The variable that holds the request's claim on an {@code Idempotency-Key}. */
    static final String IDEMPOTENCY_KEY = "idempotencyKey";

    private static final Set<HttpMethod> CHANGING =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final String UPLOAD = "upload";

    private final IdempotencyKeys keys;
    private final Semaphore uploads;

    ReadRequest(IdempotencyKeys keys, Settings settings) {
        this.keys = keys;
        this.uploads = new Semaphore(settings.imports().uploads());
    }

    @Override
    public void process(Exchange exchange) {
        giveBackWhenDone(exchange);
        Message message = exchange.getMessage();
        HttpServerRequest http = ((HttpMessage) message).getRequest();
        exchange.setVariable(REQUEST_ID, http.response().headers().get(RequestIds.HEADER));
        Buffer body = Vertx.currentContext().getLocal(BodyReader.BODY);
        boolean streamed = message.getBody() instanceof HttpServerRequest;
        if (streamed) {
            exchange.setVariable(UPLOAD, StreamingBody.of(http, uploads, exchange));
        }
        String template = ((PlatformHttpEndpoint) exchange.getFromEndpoint()).getPath();
        String path = message.getHeader(Exchange.HTTP_PATH, String.class); // normalised, as the route was found by
        message.removeHeaders("*");
        Request request = new Request(path, target(http.uri()), pathParameters(template, path), query(http.uri()),
                http::getHeader, body == null ? new byte[0] : body.getBytes());
        message.setBody(request);
        if (!streamed && http.headers().contains(IdempotencyKey.HEADER) && CHANGING.contains(http.method())
                && path.startsWith(WebServer.API + "/")) {
            claim(exchange, http, request);
        }
    }

    private void claim(Exchange exchange, HttpServerRequest http, Request request) {
        String target = http.method() + " " + request.path() + "?" + (http.query() == null ? "" : http.query());
        IdempotencyKey key = IdempotencyKey.of(http.headers().getAll(IdempotencyKey.HEADER),
                ApiKeys.hash(request.header("Authorization")), target, request.body());
        WrittenResponse answer = keys.claim(key);
        if (answer != null) {
            answer.writeTo(exchange.getMessage());
            exchange.setRouteStop(true);
            return;
        }
        exchange.setVariable(IDEMPOTENCY_KEY, key);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                keys.end(key);
            }
        });
    }

    /**
     * The client may be gone by then, so that no answer ends. Work is over when Camel says so, and not before: a worker that
     * is waiting for Meta is not free because somebody hung up.
     */
    private static void giveBackWhenDone(Exchange exchange) {
        Ticket ticket = Vertx.currentContext().getLocal(WebServer.TICKET);
        exchange.setProperty(WebServer.TICKET, ticket);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                ticket.leave();
            }
        });
    }

    /** What was asked for as it was signed: a proxy may write the whole address, of which the host is not this server's to say. */
    static String target(String uri) {
        int host = uri.startsWith("/") ? -1 : uri.indexOf("://");
        if (host < 0) {
            return uri;
        }
        int end = host + 3;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        return (end < uri.length() && uri.charAt(end) == '/' ? "" : "/") + uri.substring(end);
    }

    private static Map<String, String> query(String uri) {
        if (uri.indexOf('?') < 0) {
            return Map.of();
        }
        Map<String, String> first = new HashMap<>();
        try {
            for (Map.Entry<String, List<String>> parameter : new QueryStringDecoder(uri).parameters().entrySet()) {
                first.put(parameter.getKey(), text(parameter.getValue().get(0)));
            }
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        return first;
    }

    private static Map<String, String> pathParameters(String template, String path) {
        if (template.indexOf('{') < 0) {
            return Map.of();
        }
        String[] names = template.split("/");
        String[] values = path.split("/");
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < names.length && i < values.length; i++) {
            if (names[i].startsWith("{")) {
                parameters.put(names[i].substring(1, names[i].length() - 1), decode(values[i]));
            }
        }
        return parameters;
    }

    private static String decode(String segment) {
        try {
            return text(QueryStringDecoder.decodeComponent(segment.replace("+", "%2B")));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    /** Nothing that this API takes has a NUL in it, and PostgreSQL stores none. */
    private static String text(String decoded) {
        if (decoded.indexOf(0) >= 0) {
            throw malformed();
        }
        return decoded;
    }

    private static Problem malformed() {
        return Problem.invalid("invalid_request", null, "The address of the request is not well percent-encoded.");
    }
}
