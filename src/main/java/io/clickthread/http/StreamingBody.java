package io.clickthread.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A body that is read while it arrives. Whoever reads it sets the pace: only a few pieces wait in memory, and while they
 * do, the sender's connection is not read.
 */
final class StreamingBody extends InputStream {

    private static final int AHEAD = 8; // pieces of up to 64 KB that may wait here
    private static final int PATIENCE_SECONDS = 60; // a sender that stands still does not keep its place
    private static final Buffer END = Buffer.buffer();

    private final HttpServerRequest request;
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private byte[] piece = new byte[0];
    private int next;
    private boolean ended;

    private StreamingBody(HttpServerRequest request) {
        this.request = request;
        request.exceptionHandler(arrived::add);
        request.endHandler(end -> arrived.add(END));
        request.handler(arrived::add);
        request.fetch(AHEAD);
    }

    /**
     * Begins to receive.
     *
     * @param request  paused, with nothing read of its body
     * @param places   how many may be received at once; one is held until the exchange is done
     * @param exchange of the route
     * @return the body
     * @throws Problem 429 if no place is free
     */
    static StreamingBody of(HttpServerRequest request, Semaphore places, Exchange exchange) {
        boolean free = places.tryAcquire();
        StreamingBody upload = free ? new StreamingBody(request) : null;
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                if (free) {
                    places.release();
                }
                discard(request);
            }
        });
        if (!free) {
            throw Problem.of(429, "rate_limit_error", "too_many_uploads",
                    "Other files are being uploaded right now; send this one again in a moment.");
        }
        return upload;
    }

    /** A refusal is answered before the body is over; who is still sending reads it when the rest is taken off his hands. */
    private static void discard(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.exceptionHandler(failure -> { });
            request.endHandler(end -> { });
            request.handler(buffer -> { });
            request.resume();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        while (next == piece.length && !ended && length > 0) {
            take();
        }
        if (next == piece.length) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, piece.length - next);
        System.arraycopy(piece, next, into, offset, count);
        next += count;
        return count;
    }

    private void take() throws IOException {
        Object event;
        try {
            event = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while the body was received", e);
        }
        if (event == END) {
            ended = true;
        } else if (event instanceof Buffer buffer) {
            piece = buffer.getBytes();
            next = 0;
            request.fetch(1);
        } else {
            throw new IOException("The body broke off", (Throwable) event);
        }
    }
}
