package io.clickthread.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clickthread.support.Server;
import io.clickthread.support.StandInGraph;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Meta, taking its time: it outlives the server that is killed, counts what it was told and throttles now and then.
 */
final class SlowMeta {

    private static final String THROTTLED = "{\"error\":{\"message\":\"Too many calls\",\"code\":4}}";

    /** What was answered to each arrival of an event, by event id: a status, or 0 before the answer. */
    final Map<String, List<AtomicInteger>> arrivals = new ConcurrentHashMap<>();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int delayMillis;
    private final int throttledPercent;

    SlowMeta(int delayMillis, int throttledPercent) throws IOException {
        this.delayMillis = delayMillis;
        this.throttledPercent = throttledPercent;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!exchange.getRequestURI().getPath().endsWith("/events")) {
            send(exchange, 200, "{\"display_phone_number\":\"+1 555-078-3881\",\"verified_name\":\"Lucky Shrub\",\"id\":\"1\"}");
            return;
        }
        JsonNode events = Server.JSON.readTree(body).path("data");
        AtomicInteger answered = new AtomicInteger();
        events.forEach(event -> arrivals.computeIfAbsent(event.path("event_id").asText(),
                id -> new CopyOnWriteArrayList<>()).add(answered));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        LockSupport.parkNanos(random.nextLong(delayMillis * 500_000L, delayMillis * 1_000_000L + 1));
        boolean throttled = random.nextInt(100) < throttledPercent;
        answered.set(throttled ? 400 : 200); // counted before it is sent: who cannot hear the answer was counted all the same
        send(exchange, answered.get(), throttled ? THROTTLED : StandInGraph.ACCEPTED);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = Server.json(text);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
