package io.clickthread.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Lets the requests of one connection in one by one: the next is parsed once the answer to the one before it has left for
 * the client. Vert.x alone would parse all that come, and keep both them and their answers for as long as the client does
 * not read. What has arrived and may not be parsed yet is kept as bytes, one read of them, and the socket is left
 * unread, so that the client's own buffer fills up.
 *
 * <p>Everything runs on the connection's event loop, except {@link #standsStill} and {@link #abort}.
 */
final class OneAtATime {

    private static final int READ_BYTES = 16 * 1024; // at most so much is held of each connection that is not read
    private static final String DECODER = "httpDecoder";
    private static final String ANSWERS = "oneAtATime";

    private final Channel channel;
    private final Decoder decoder;
    private final Answers answers;
    private boolean arriving; // the head of a request has come and its end has not
    private boolean unanswered;
    private boolean broken; // its last request could not be read, so the answer to it is the last
    private boolean stopped; // reading, by this class; a body that is not taken stops it, too

    /**
     * Puts itself between the socket and Vert.x.
     *
     * @param channel     a connection of which nothing was read yet
     * @param options     of the server
     * @param unsentBytes is told how many bytes of answers wait to be sent more, or, negative, less
     */
    OneAtATime(Channel channel, HttpServerOptions options, LongConsumer unsentBytes) {
        this.channel = channel;
        ChannelPipeline pipeline = channel.pipeline();
        decoder = new Decoder(options);
        answers = new Answers(unsentBytes, this::answered, () -> stopped);
        pipeline.replace(DECODER, DECODER, decoder);
        pipeline.addBefore("handler", ANSWERS, answers);
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(64, 2048, READ_BYTES));
    }

    /** Whether an answer waits to be sent, and the client has taken nothing of it for so many nanoseconds. */
    boolean standsStill(long nanos) {
        return answers.standStill(nanos);
    }

    /** Closes the connection at once; Vert.x would wait until the client has taken what is to be sent. */
    void abort() {
        channel.eventLoop().execute(() -> {
            ChannelHandlerContext context = channel.pipeline().context(decoder);
            if (context != null) {
                context.close();
            }
        });
    }

    private void stopReading() {
        stopped = true;
        channel.config().setAutoRead(false);
    }

    private void answered() {
        unanswered = false;
        if (stopped) { // not from within the write that has just ended: answers in a row would be calls within calls
            channel.eventLoop().execute(this::goOn);
        }
    }

    private void goOn() {
        if (channel.isActive() && stopped && !waits()) {
            stopped = false;
            channel.config().setAutoRead(true); // first, so that a body that nobody takes yet can stop it again
            decoder.parseNext();
        }
    }

    private boolean waits() {
        return unanswered && !arriving;
    }

    private final class Decoder extends VertxHttpRequestDecoder {

        Decoder(HttpServerOptions options) {
            super(options);
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            if (broken) {
                in.skipBytes(in.readableBytes()); // where a next request would begin is not certain
                return;
            }
            if (waits()) {
                stopReading();
                return;
            }
            int before = out.size();
            super.decode(context, in, out);
            for (Object read : List.copyOf(out.subList(before, out.size()))) {
                if (BrokenBody.is(read)) {
                    out.remove(read);
                    ReferenceCountUtil.release(read);
                    refuseTheRest();
                    return;
                }
                if (read instanceof HttpRequest request) {
                    check(request);
                    arriving = true;
                    unanswered = true;
                    answers.next();
                }
                if (read instanceof LastHttpContent) {
                    arriving = false;
                }
            }
        }

        /** Where a next request would begin is not certain, and half an answer must not be taken for a whole one. */
        private void refuseTheRest() {
            broken = true;
            ChannelHandlerContext client = channel.pipeline().context(ANSWERS);
            if (answers.haveBegun()) {
                client.close();
            } else {
                answers.begin();
                client.writeAndFlush(BrokenBody.answer()).addListener(ChannelFutureListener.CLOSE);
            }
        }

        private void check(HttpRequest request) {
            Framing.Fault fault = request.decoderResult().isSuccess() ? Framing.fault(request) : null;
            if (fault != null) {
                request.setProtocolVersion(HttpVersion.HTTP_1_1); // of the answer
                request.setDecoderResult(DecoderResult.failure(fault));
                broken = true;
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            if (stopped) {
                context.fireChannelReadComplete(); // the decoder reads on by itself if it made nothing of what it read
            } else {
                super.channelReadComplete(context);
            }
        }

        private void parseNext() {
            ChannelHandlerContext context = channel.pipeline().context(this);
            try {
                channelRead(context, Unpooled.EMPTY_BUFFER);
                channelReadComplete(context);
            } catch (Exception e) {
                context.fireExceptionCaught(e);
            }
        }
    }
}
