package io.clickthread.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * The connections of the port. There is a limit to them, because each takes memory before it has sent anything; one above
 * it is closed. One that brings no whole request for long is closed as well, even if its headers trickle in. The engine's
 * own timeout would begin again with every byte, and would cut off a client whose answer takes long. So is one whose client
 * takes nothing of its answers for as long; until then, {@link OneAtATime} reads no further request of it.
 */
final class Connections {

    private final Map<HttpConnection, Usage> open = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final int limit;
    private final long idleNanos;
    private final HttpServerOptions options;
    private final LongConsumer unsentBytes;

    private static final class Usage {
        private final OneAtATime requests;
        private volatile boolean inUse;
        private volatile long since = System.nanoTime();

        private Usage(OneAtATime requests) {
            this.requests = requests;
        }
    }

    /**
     * For one server.
     *
     * @param limit       how many may be open
     * @param idleNanos   how long one may bring no request, and its client take nothing of an answer
     * @param options     of the server
     * @param unsentBytes is told how many bytes of answers wait to be sent more, or, negative, less
     */
    Connections(int limit, long idleNanos, HttpServerOptions options, LongConsumer unsentBytes) {
        this.options = options;
        this.unsentBytes = unsentBytes;
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
        open.put(connection, new Usage(new OneAtATime(((ConnectionBase) connection).channel(), options, unsentBytes)));
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

    /** Closes those that bring no request or take no answer; to be called once in a while. */
    void closeIdleOnes() {
        long now = System.nanoTime();
        open.forEach((connection, usage) -> {
            if (usage.requests.standsStill(idleNanos)) {
                usage.requests.abort();
            } else if (!usage.inUse && now - usage.since > idleNanos) {
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
