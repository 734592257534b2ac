package io.clickthread.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;

/** The body of one request while it arrives, on the thread of its connection. */
final class Upload {

    /** A body that brings less than this in this time makes no progress. */
    private static final int PROGRESS_BYTES = 64 * 1024;
    private static final long STALLED_NANOS = Duration.ofSeconds(2).toNanos();

    private final BodyReader reader;
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final Ticket ticket;
    private final Context thread = Vertx.currentContext();
    private final long since = System.nanoTime();
    private Buffer body;
    private boolean copied;
    private volatile int size;
    private volatile boolean isGivenUp;
    private volatile long progressAt = since;
    private int progressSize;

    /**
     * Reads nothing yet.
     *
     * @param reader  whose it is
     * @param context of the request
     * @param ticket  what the body is counted on; null if it is thrown away
     */
    Upload(BodyReader reader, RoutingContext context, Ticket ticket) {
        this.reader = reader;
        this.context = context;
        this.request = context.request();
        this.ticket = ticket;
    }

    /** Reads until its end. */
    void begin() {
        reader.arrives(request, this);
        request.exceptionHandler(gone -> reader.isOver(request));
        request.handler(this::take);
        request.endHandler(nothing -> end());
        if (ticket != null) {
            BodyReader.ask(request);
        }
        request.resume();
    }

    private void take(Buffer piece) {
        if (context.response().ended()) {
            body = null;
        } else if ((body == null ? 0 : body.length()) + piece.length() > reader.maxBytes()) {
            context.fail(413);
        } else if (!hold(piece.length())) {
            reader.refuse(context);
        } else if (body == null) {
            body = piece; // most bodies are one piece, and need no copy
            progress();
        } else {
            body = copied ? body : Buffer.buffer(body.length() + piece.length()).appendBuffer(body);
            copied = true;
            body.appendBuffer(piece);
            progress();
        }
    }

    private boolean hold(int more) {
        while (!isGivenUp && !ticket.hold(more)) {
            if (!reader.makeRoom(this)) {
                return false;
            }
        }
        return !isGivenUp;
    }

    private void progress() {
        size = body.length();
        if (size - progressSize >= PROGRESS_BYTES) {
            progressSize = size;
            progressAt = System.nanoTime();
        }
    }

    private void end() {
        reader.isOver(request);
        if (!context.response().ended()) {
            Buffer whole = body == null ? Buffer.buffer() : body;
            if (!ticket.parse(Weight.of(whole))) {
                reader.refuse(context);
                return;
            }
            ((RoutingContextInternal) context).setBody(whole);
            thread.putLocal(BodyReader.BODY, whole);
            context.next();
        }
    }

    /** Whether it began before a time by more than so many nanoseconds. */
    boolean isLate(long now, long nanos) {
        return now - since > nanos;
    }

    /** Whether it holds room and makes no progress. */
    boolean isStalled(long now) {
        return ticket != null && !isGivenUp && size > 0 && now - progressAt > STALLED_NANOS;
    }

    /** What has arrived, in bytes. */
    int size() {
        return size;
    }

    /** Gives its room to others, from whatever thread; what still comes of it is thrown away, until it is late. */
    void giveUp() {
        isGivenUp = true; // at once: its own thread may be the one that waits for the room
        ticket.abandon();
        thread.runOnContext(nothing -> {
            body = null;
            reader.refuse(context);
        });
    }

    /** Ends it, from whatever thread, once it is no longer among the uploads. */
    void endAsLate() {
        thread.runOnContext(nothing -> {
            reader.wasLate();
            if (!context.response().ended()) {
                context.response().putHeader("Connection", "close");
                context.fail(408);
            }
            request.connection().close();
        });
    }
}
