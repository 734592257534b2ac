package io.clickthread.graph;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * One call on its way to Meta. It knows whether the HTTP client has begun to write the body: before that, Meta cannot have
 * counted an event, whatever fails; after it, only an answer tells.
 */
final class Departure {

    private static final ContentType JSON = ContentType.create("application/json"); // has no charset, RFC 8259

    private final GraphCall call;
    private final long startedAt = System.currentTimeMillis();
    private volatile boolean begun;

    /** A call that is about to leave. */
    Departure(GraphCall call) {
        this.call = call;
    }

    GraphCall call() {
        return call;
    }

    /** When it was about to leave, in Unix milliseconds. */
    long startedAt() {
        return startedAt;
    }

    /** Whether some of its body may have reached Meta. */
    boolean isBegun() {
        return begun;
    }

    /** The body to send; null for a call without one. */
    HttpEntity body() {
        return call.body() == null ? null : new HttpEntityWrapper(new ByteArrayEntity(call.body(), JSON)) {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                begun = true;
                super.writeTo(out);
            }
        };
    }

    @Override
    public String toString() {
        return call.toString();
    }
}
