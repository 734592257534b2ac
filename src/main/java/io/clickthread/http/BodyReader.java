package io.clickthread.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Reads the bodies of requests, each up to a size and within a time, all of them together up to the bytes that
 * {@link Admission} allows. What was refused is read on and thrown away, because a client that is still sending would
 * not see the answer of a connection that is closed.
 */
final class BodyReader {

    /** Where a request's body lies in its Vert.x context; Camel would take the fields of a form for headers. */
    static final String BODY = "body";
    private static final String ASKED = "askedForBody";

    /** A body that brings less than this in this time makes no progress. */
    private static final int PROGRESS_BYTES = 64 * 1024;
    private static final long STALLED_NANOS = Duration.ofSeconds(2).toNanos();

    private final Map<HttpServerRequest, Upload> uploads = new ConcurrentHashMap<>();
    private final LongAdder late = new LongAdder();
    private final long maxBytes;
    private final long timeoutNanos;
    private final Consumer<RoutingContext> noRoom;

    /**
     * For one server.
     *
     * @param maxBytes     of one body; 413 above it
     * @param timeoutNanos within which a body must have arrived; 408 after it
     * @param noRoom       answers a request whose body found no room
     */
    BodyReader(long maxBytes, long timeoutNanos, Consumer<RoutingContext> noRoom) {
        this.maxBytes = maxBytes;
        this.timeoutNanos = timeoutNanos;
        this.noRoom = noRoom;
    }

    /**
     * Reads a body into the context and goes on with its next handler, unless the request is refused.
     *
     * @param context whose request was not read yet
     * @param ticket  what the body is counted on
     */
    void read(RoutingContext context, Admission.Ticket ticket) {
        if (declared(context.request()) > maxBytes) {
            context.fail(413);
        } else if (context.request().isEnded()) {
            context.next();
        } else {
            new Upload(context, ticket).begin();
        }
    }

    /** Throws away what still comes of a request that was answered. */
    void discard(RoutingContext context) {
        if (!context.request().isEnded() && !uploads.containsKey(context.request())) {
            new Upload(context, null).begin();
        }
    }

    /** Ends what takes too long; to be called once in a while. */
    void endLateOnes() {
        long now = System.nanoTime();
        uploads.values().stream().filter(upload -> now - upload.since > timeoutNanos && uploads.remove(upload.request, upload))
                .forEach(upload -> upload.thread.runOnContext(nothing -> upload.endAsLate()));
    }

    /** Bodies that are arriving. */
    int arriving() {
        return uploads.size();
    }

    /** Bodies that took too long, since the start. */
    long late() {
        return late.sum();
    }

    /**
     * What the header says.
     *
     * @param request a request
     * @return the length of its body; 0 if it has none or does not say
     */
    static long declared(HttpServerRequest request) {
        String length = request.getHeader("Content-Length"); // the codec refuses what is no number
        return length == null ? 0 : Long.parseLong(length);
    }

    /**
     * Refuses the largest of the bodies that make no progress, so that clients who send and never finish do not keep others out.
     *
     * @return false if all that are arriving go on
     */
    boolean makeRoom() {
        return makeRoom(null);
    }

    private boolean makeRoom(Upload asking) {
        long now = System.nanoTime();
        Optional<Upload> stalled = uploads.values().stream().filter(upload -> upload != asking && upload.ticket != null
                && !upload.isGivenUp && upload.size > 0 && now - upload.progressAt > STALLED_NANOS).max(Comparator.comparingInt(upload -> upload.size));
        if (stalled.isEmpty()) {
            return false;
        }
        Upload upload = stalled.get();
        upload.isGivenUp = true; // at once: its own thread may be the one that waits for the room
        upload.ticket.abandon();
        upload.thread.runOnContext(nothing -> upload.giveUp());
        return true;
    }

    /**
     * Has a client that waits to be asked for its body send it.
     *
     * @param request whose body is wanted
     */
    static void ask(HttpServerRequest request) {
        if (expects(request) && !request.response().headWritten()) {
            request.response().writeContinue();
            Vertx.currentContext().putLocal(ASKED, true);
        }
    }

    /** Whether the client waits for an answer before it sends its body, and was not asked for it. */
    static boolean waitsToBeAsked(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        return expects(request) && !(context != null && Boolean.TRUE.equals(context.getLocal(ASKED)));
    }

    private static boolean expects(HttpServerRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
    }

    private final class Upload {

        private final RoutingContext context;
        private final HttpServerRequest request;
        private final Admission.Ticket ticket;
        private final Context thread = Vertx.currentContext();
        private final long since = System.nanoTime();
        private Buffer body;
        private boolean copied;
        private volatile int size;
        private volatile boolean isGivenUp;
        private volatile long progressAt = since;
        private int progressSize;

        Upload(RoutingContext context, Admission.Ticket ticket) {
            this.context = context;
            this.request = context.request();
            this.ticket = ticket;
        }

        void begin() {
            uploads.put(request, this);
            request.exceptionHandler(gone -> uploads.remove(request));
            request.handler(this::take);
            request.endHandler(nothing -> end());
            if (ticket != null) {
                ask(request);
            }
            request.resume();
        }

        private void take(Buffer piece) {
            if (context.response().ended()) {
                body = null;
            } else if ((body == null ? 0 : body.length()) + piece.length() > maxBytes) {
                context.fail(413);
            } else if (!hold(piece.length())) {
                noRoom.accept(context);
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
                if (!makeRoom(this)) {
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
            uploads.remove(request);
            if (!context.response().ended()) {
                Buffer whole = body == null ? Buffer.buffer() : body;
                if (!ticket.parse(Weight.of(whole))) {
                    noRoom.accept(context);
                    return;
                }
                ((RoutingContextInternal) context).setBody(whole);
                thread.putLocal(BODY, whole);
                context.next();
            }
        }

        /** What still comes of it is thrown away, until it is late. */
        private void giveUp() {
            body = null;
            noRoom.accept(context);
        }

        /** It is no longer among the uploads. */
        private void endAsLate() {
            late.increment();
            if (!context.response().ended()) {
                context.response().putHeader("Connection", "close");
                context.fail(408);
            }
            request.connection().close();
        }
    }
}
