package io.clickthread.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
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
    void read(RoutingContext context, Ticket ticket) {
        if (declared(context.request()) > maxBytes) {
            context.fail(413);
        } else if (context.request().isEnded()) {
            context.next();
        } else {
            new Upload(this, context, ticket).begin();
        }
    }

    /** Throws away what still comes of a request that was answered. */
    void discard(RoutingContext context) {
        if (!context.request().isEnded() && !uploads.containsKey(context.request())) {
            new Upload(this, context, null).begin();
        }
    }

    /** Ends what takes too long; to be called once in a while. */
    void endLateOnes() {
        long now = System.nanoTime();
        uploads.forEach((request, upload) -> {
            if (upload.isLate(now, timeoutNanos) && uploads.remove(request, upload)) {
                upload.endAsLate();
            }
        });
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

    /**
     * The same for a body that needs room itself.
     *
     * @param asking is left alone; may be null
     */
    boolean makeRoom(Upload asking) {
        long now = System.nanoTime();
        Optional<Upload> stalled = uploads.values().stream().filter(upload -> upload != asking && upload.isStalled(now))
                .max(Comparator.comparingInt(Upload::size));
        stalled.ifPresent(Upload::giveUp);
        return stalled.isPresent();
    }

    /** The limit of one body. */
    long maxBytes() {
        return maxBytes;
    }

    void arrives(HttpServerRequest request, Upload upload) {
        uploads.put(request, upload);
    }

    void isOver(HttpServerRequest request) {
        uploads.remove(request);
    }

    void wasLate() {
        late.increment();
    }

    /** There is no room for a request's body. */
    void refuse(RoutingContext context) {
        noRoom.accept(context);
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
}
