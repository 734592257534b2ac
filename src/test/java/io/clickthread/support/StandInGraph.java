package io.clickthread.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Meta as tests need it: it accepts everything, unless the next answers for a path were set before, and remembers every
 * call. What Meta itself would refuse is the business of the simulator in {@code routes/simulator}.
 */
public final class StandInGraph {

    /** One call that arrived. */
    public record Call(String method, String path, String query, Map<String, String> headers, String body) {

        public JsonNode json() {
            try {
                return Server.JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The first event of a call to {@code /events}. */
        public JsonNode event() {
            return json().path("data").path(0);
        }
    }

    /** An answer; status 0: never answer, -1: close the connection without one. */
    public record Reaction(int status, String body, Map<String, String> headers) {

        public static Reaction of(int status, String body) {
            return new Reaction(status, body, Map.of());
        }

        /** Reads the request and never answers. */
        public static Reaction silence() {
            return of(0, "");
        }

        /** Closes the connection once the request was read. */
        public static Reaction reset() {
            return of(-1, "");
        }
    }

    public static final String ACCEPTED = accepted(1);
    /** How Meta refuses a call with an event whose click id is none. */
    public static final String REFUSED = "{\"error\":{\"message\":\"Invalid parameter\",\"code\":100,"
            + "\"error_subcode\":2804087,\"is_transient\":false,\"fbtrace_id\":\"Arefused\"}}";

    /** Meta's answer once it counted so many events. */
    public static String accepted(int events) {
        return "{\"events_received\":" + events + ",\"messages\":[],\"fbtrace_id\":\"Atrace\"}";
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Call> taken = new CopyOnWriteArrayList<>();
    private final Map<String, Runnable> beforeAnswer = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> poison = new ConcurrentHashMap<>();
    private final Map<String, String> poisonAnswers = new ConcurrentHashMap<>();
    private final Map<String, Queue<Reaction>> reactions = new ConcurrentHashMap<>();

    public StandInGraph() {
        this(0);
    }

    public StandInGraph(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** As if the next call were answered as usual, between two others of {@link #next}. */
    public static final Reaction USUAL = Reaction.of(1, "");

    /** Sets the next answers to calls whose path ends so, for example {@code "777/events"}. */
    public void next(String pathEnd, Reaction... next) {
        reactions.computeIfAbsent(pathEnd, end -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** Runs something once, when the next call to such a path has been read and before it is answered. */
    public void beforeAnswer(String pathEnd, Runnable work) {
        beforeAnswer.put(pathEnd, work);
    }

    /** Calls to a path with one of these events are refused from now on, as Meta refuses a made-up click id. */
    public void poison(String pathEnd, String... eventIds) {
        poison.computeIfAbsent(pathEnd, end -> ConcurrentHashMap.newKeySet()).addAll(List.of(eventIds));
    }

    /** Calls to a path with one of these events are answered 400 with this body from now on. */
    public void refuse(String pathEnd, String body, String... eventIds) {
        poisonAnswers.put(pathEnd, body);
        poison(pathEnd, eventIds);
    }

    /** The calls whose path ends so. */
    public List<Call> calls(String pathEnd) {
        return calls.stream().filter(call -> call.path().endsWith(pathEnd)).collect(Collectors.toList());
    }

    /** The calls whose path ends so and that were answered 2xx. */
    public List<Call> taken(String pathEnd) {
        return taken.stream().filter(call -> call.path().endsWith(pathEnd)).collect(Collectors.toList());
    }

    public void stop() {
        stopped.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
        String path = exchange.getRequestURI().getPath();
        Call call = new Call(exchange.getRequestMethod(), path, exchange.getRequestURI().getQuery(), headers, body);
        calls.add(call);
        beforeAnswer.keySet().stream().filter(path::endsWith).findFirst().map(beforeAnswer::remove)
                .ifPresent(Runnable::run);
        Reaction reaction = reaction(call);
        if (reaction.status() / 100 == 2) {
            taken.add(call);
        }
        if (reaction.status() == 0) {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reaction = Reaction.reset();
        }
        if (reaction.status() < 0) {
            exchange.close();
            return;
        }
        byte[] bytes = reaction.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reaction.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reaction.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private boolean isPoisoned(Call call) {
        return poison.entrySet().stream().filter(entry -> call.path().endsWith(entry.getKey())).anyMatch(entry ->
                call.json().path("data").findValuesAsText("event_id").stream().anyMatch(entry.getValue()::contains));
    }

    private Reaction reaction(Call call) {
        String method = call.method();
        String path = call.path();
        for (Map.Entry<String, Queue<Reaction>> entry : reactions.entrySet()) {
            if (path.endsWith(entry.getKey())) {
                synchronized (entry.getValue()) {
                    Reaction next = entry.getValue().poll();
                    if (next != null && next != USUAL) {
                        return next;
                    }
                }
            }
        }
        if (path.endsWith("/events") && isPoisoned(call)) {
            return Reaction.of(400, poisonAnswers.entrySet().stream().filter(entry -> path.endsWith(entry.getKey()))
                    .map(Map.Entry::getValue).findFirst().orElse(REFUSED));
        }
        if (path.endsWith("/events")) {
            return Reaction.of(200, accepted(call.json().path("data").size()));
        }
        if (path.endsWith("/dataset")) {
            String waba = path.replaceAll(".*/([^/]+)/dataset", "$1");
            return method.equals("GET") ? Reaction.of(200, "{\"data\":[]}")
                    : Reaction.of(200, "{\"id\":\"9" + waba + "\"}");
        }
        return Reaction.of(200, "{\"display_phone_number\":\"+1 555-078-3881\",\"verified_name\":\"Lucky Shrub\","
                + "\"quality_rating\":\"GREEN\",\"name_status\":\"APPROVED\",\"messaging_limit_tier\":\"TIER_1K\",\"id\":\"1\"}");
    }
}
