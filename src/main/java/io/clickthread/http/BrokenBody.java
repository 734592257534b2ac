package io.clickthread.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A body whose chunks are not well formed. Vert.x closes the connection without a word. */
final class BrokenBody {

    private static final byte[] JSON = ("{\"error\":\"The chunks of the body are not well formed. Nothing was stored.\","
            + "\"type\":\"invalid_request_error\",\"code\":\"invalid_request\"}").getBytes(StandardCharsets.UTF_8);

    private BrokenBody() {
    }

    /**
     * Whether a part of a request is one.
     *
     * @param read what the decoder made
     * @return false for a head, whose faults are answered elsewhere
     */
    static boolean is(Object read) {
        return read instanceof HttpContent content && !(read instanceof HttpRequest) && content.decoderResult().isFailure();
    }

    /** The last answer of the connection. */
    static FullHttpResponse answer() {
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST,
                Unpooled.wrappedBuffer(JSON));
        answer.headers().set("Content-Type", "application/json").set("Content-Length", JSON.length).set("Connection", "close")
                .set("X-Content-Type-Options", "nosniff").set(RequestIds.HEADER, UUID.randomUUID().toString());
        return answer;
    }
}
