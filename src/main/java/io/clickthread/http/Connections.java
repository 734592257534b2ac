package io.clickthread.http;

import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The connections of the port. There is a limit to them, because each takes memory before it has sent anything; one above
 * it is closed. One that brings no whole request for long is closed as well, even if its headers trickle in. The engine's
 * own timeout would begin again with every byte, and would cut off a client whose answer takes long.
 */
final class Connections {

    private final Map<HttpConnection, Usage> open = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final int limit;
    private final long idleNanos;

    private static final class Usage {
        private volatile boolean inUse;
        private volatile long since = System.nanoTime();
    }

    /**
     * For one server.
     *
     * @param limit     how many may be open
     * @param idleNanos how long one may bring no request
     */
    Connections(int limit, long idleNanos) {
        this.limit = limit;
        this.idleNanos = idleNanos;
    }

    /** A new one: kept or closed. */
    void opened(HttpConnection connection) {
        if (open.size() >= limit) {
            refused.increment();
            connection.close();
            return;
        }
        open.put(connection, new Usage());
        connection.closeHandler(nothing -> open.remove(connection));
    }

    /** A request has come whole, but for its body. */
    void begins(HttpConnection connection) {
        Usage usage = open.get(connection);
        if (usage != null) {
            usage.inUse = true;
        }
    }

    /** Its answer is out. */
    void ends(HttpConnection connection) {
        Usage usage = open.get(connection);
        if (usage != null) {
            usage.since = System.nanoTime();
            usage.inUse = false;
        }
    }

    /** Closes those that bring no request; to be called once in a while. */
    void closeIdleOnes() {
        long now = System.nanoTime();
        open.forEach((connection, usage) -> {
            if (!usage.inUse && now - usage.since > idleNanos) {
                connection.close();
            }
        });
    }

    /** How many are open. */
    int open() {
        return open.size();
    }

    /** How many were closed at once, since the start. */
    long refused() {
        return refused.sum();
    }
}
