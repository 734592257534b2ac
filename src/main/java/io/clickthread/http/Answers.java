package io.clickthread.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Watches the answers of one connection leave for its client, on its event loop; {@link #standStill} may be asked by any thread. */
final class Answers extends ChannelOutboundHandlerAdapter {

    private final LongConsumer unsentBytes;
    private final Runnable answered;
    private final BooleanSupplier stopped;
    private boolean begun;
    private volatile long unsent;
    private volatile long progress = System.nanoTime();

    /**
     * For one connection.
     *
     * @param unsentBytes is told how many bytes of answers wait to be sent more, or, negative, less
     * @param answered    is called when an answer has left
     * @param stopped     whether nothing is to be read
     */
    Answers(LongConsumer unsentBytes, Runnable answered, BooleanSupplier stopped) {
        this.unsentBytes = unsentBytes;
        this.answered = answered;
        this.stopped = stopped;
    }

    /** Whether an answer waits to be sent, and the client has taken nothing of it for so many nanoseconds. */
    boolean standStill(long nanos) {
        return unsent > 0 && System.nanoTime() - progress > nanos;
    }

    /** A request has come, whose answer has not begun. */
    void next() {
        begun = false;
    }

    /** The answer to the last request begins beside this handler. */
    void begin() {
        begun = true;
    }

    /** Whether the answer to the last request has begun. */
    boolean haveBegun() {
        return begun;
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (stopped.getAsBoolean()) {
            context.channel().config().setAutoRead(false); // a body was taken off, but the connection is to stay unread
        } else {
            context.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        long bytes = message instanceof ByteBufHolder holder ? holder.content().readableBytes()
                : message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        begun |= message instanceof HttpResponse && !isInterim(message);
        boolean last = message instanceof LastHttpContent && !isInterim(message);
        if (unsent == 0) {
            progress = System.nanoTime();
        }
        unsent += bytes + 1; // an answer without a body waits as well
        unsentBytes.accept(bytes);
        context.write(message, promise.unvoid().addListener(done -> {
            unsent -= bytes + 1;
            progress = System.nanoTime();
            unsentBytes.accept(-bytes);
            if (last) {
                answered.run();
            }
        }));
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
