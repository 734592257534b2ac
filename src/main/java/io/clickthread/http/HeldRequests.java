package io.clickthread.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Requests that wait in front of the router while routes are replaced: the router would answer them 404. The simulator of Meta is
 * let through, because what is under way may wait for it. Only where routes are reloaded; elsewhere nothing is counted and nothing
 * stands in the way.
 */
@Component
public class HeldRequests {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final String META = "/simulator/graph/";
    private static final String CLICKS = "/simulator/"; // they send webhooks to this very server, and wait for the answer
    private static final String ALL = "/";

    private final boolean used;
    private final Map<HttpServerResponse, String> underWay = new ConcurrentHashMap<>();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile String held; // what their addresses begin with

    HeldRequests(@Value("${clickthread.routes-reload}") boolean used) {
        this.used = used;
    }

    /** The router behind the place where requests wait. */
    Handler<HttpServerRequest> before(Handler<HttpServerRequest> router) {
        return used ? request -> pass(request, router) : router;
    }

    /** A request has its answer, or lost its client. */
    void ended(HttpServerRequest request) {
        if (used) {
            underWay.remove(request.response());
        }
    }

    /**
     * Lets no further request in, and waits until those that are in are answered.
     *
     * @param patience how long to wait
     * @return whether all are answered
     */
    public boolean hold(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return hold(CLICKS, end) && hold(ALL, end);
    }

    private boolean hold(String beginning, long end) {
        held = beginning;
        while (System.nanoTime() < end) {
            underWay.keySet().removeIf(response -> response.ended() || response.closed());
            if (underWay.values().stream().noneMatch(path -> path.startsWith(beginning))) {
                return true;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    /** Lets in what waits, in its order. */
    public void letGo() {
        held = null;
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    private void pass(HttpServerRequest request, Handler<HttpServerRequest> router) {
        String path = request.path();
        if (path == null || !path.startsWith(ALL) || path.startsWith(META)) {
            router.handle(request);
            return;
        }
        underWay.put(request.response(), path); // before the look at what is held, so that hold() sees it or it sees hold()
        String beginning = held;
        if (beginning == null || !path.startsWith(beginning)) {
            router.handle(request);
            return;
        }
        underWay.remove(request.response());
        request.pause();
        Context thread = Vertx.currentContext();
        waiting.add(() -> thread.runOnContext(nothing -> {
            request.resume();
            pass(request, router);
        }));
        if (held == null) { // let go meanwhile
            letGo();
        }
    }
}
