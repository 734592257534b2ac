package io.clickthread.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clickthread.support.Server;
import io.clickthread.support.StandInGraph;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Meta, which outlives every server that is killed: it remembers each event that it received and whether it counted it. Who
 * cannot hear its answer was counted all the same. A batch with one bad event is refused whole, as Meta does it.
 */
final class MetaStandIn {

    /** How it behaves. */
    enum Mood {
        /** Takes events, a moment later. */
        NORMAL,
        /** Reads the request, counts it or not, and says nothing. */
        HANG,
        /** Reads the request, counts it or not, and cuts the connection. */
        RESET,
        /** 429 with {@code Retry-After}. */
        THROTTLE,
        /** 500. */
        FAIL,
        /** Refuses the token. */
        TOKEN
    }

    /** One event's part in a request; the order is the one in which Meta read them. */
    record Arrival(long order, boolean counted, String path) {
    }

    /** An event with this in its id is refused for good. */
    static final String POISON = "poison";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong order = new AtomicLong();
    private final Map<String, List<Arrival>> arrivals = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final int delayMillis;
    private volatile Mood mood = Mood.NORMAL;
    private volatile CountDownLatch moodIsOver = new CountDownLatch(1);

    /** Its usual calls take this long at most. */
    MetaStandIn(int delayMillis) throws IOException {
        this.delayMillis = delayMillis;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void be(Mood next) {
        mood = next;
        moodIsOver.countDown();
        moodIsOver = new CountDownLatch(1);
    }

    /** What arrived, by event id. */
    Map<String, List<Arrival>> arrivals() {
        return arrivals;
    }

    /** How many calls with events it read. */
    long calls() {
        return calls.get();
    }

    void stop() {
        be(Mood.NORMAL);
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (!path.endsWith("/events")) {
            send(exchange, 200, "{\"display_phone_number\":\"+1 555-078-3881\",\"verified_name\":\"Lucky Shrub\",\"id\":\"1\"}");
            return;
        }
        List<String> events = new ArrayList<>();
        JsonNode data = Server.JSON.readTree(body).path("data"); // half a request is no JSON, and ends here
        data.forEach(event -> events.add(event.path("event_id").asText()));
        calls.incrementAndGet();
        CountDownLatch untilMended = moodIsOver;
        Mood now = mood;
        switch (now) {
            case HANG, RESET -> {
                remember(events, path, ThreadLocalRandom.current().nextBoolean() && !isRefused(events));
                if (now == Mood.HANG) {
                    await(untilMended);
                }
                exchange.close();
            }
            case THROTTLE -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                refuse(exchange, events, path, 429, "{\"error\":{\"message\":\"Too many calls\",\"code\":4}}");
            }
            case FAIL -> refuse(exchange, events, path, 500, "");
            case TOKEN -> refuse(exchange, events, path, 401, "{\"error\":{\"message\":\"Expired\",\"code\":190}}");
            default -> {
                if (isRefused(events)) {
                    refuse(exchange, events, path, 400,
                            "{\"error\":{\"message\":\"Invalid parameter\",\"code\":100,\"error_subcode\":2804087}}");
                } else {
                    remember(events, path, true); // before the answer, which a killed caller will not hear
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(delayMillis * 500_000L,
                            delayMillis * 1_000_000L + 1));
                    send(exchange, 200, StandInGraph.accepted(events.size()));
                }
            }
        }
    }

    private static boolean isRefused(List<String> events) {
        return events.stream().anyMatch(event -> event.contains(POISON));
    }

    private synchronized void remember(List<String> events, String path, boolean counted) {
        events.forEach(event -> arrivals.computeIfAbsent(event, id -> new CopyOnWriteArrayList<>())
                .add(new Arrival(order.incrementAndGet(), counted, path)));
    }

    private void refuse(HttpExchange exchange, List<String> events, String path, int status, String text) throws IOException {
        remember(events, path, false);
        send(exchange, status, text);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = Server.json(text);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
