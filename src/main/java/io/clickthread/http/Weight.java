package io.clickthread.http;

import io.clickthread.system.JsonConfiguration;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;

/**
 * What a body will take of the heap until it is stored. Three bytes of {@code {},} become ninety once they are parsed, so the
 * length says little; what does is how many objects, lists and values there are. They are counted by the characters that begin or part them,
 * without a parser: those inside texts count, too, which errs to the safe side.
 */
final class Weight {

    // Measured on webhooks of Meta's: the JSON, and what is made of it until it is stored.
    private static final int CONTAINER = 300;
    private static final int VALUE = 170;
    /** No text is parsed further than this. */
    private static final long MOST = (long) JsonConfiguration.MOST_TOKENS / 2 * CONTAINER;

    private Weight() {
    }

    /**
     * Weighs a body, in one pass over its bytes: a millisecond for the longest.
     *
     * @param body what was received
     * @return bytes of the heap, roughly, without those of the body itself
     */
    static long of(Buffer body) {
        long weight = 0;
        ByteBuf bytes = body.getByteBuf();
        for (int i = bytes.readerIndex(); i < bytes.writerIndex() && weight < MOST; i++) {
            byte each = bytes.getByte(i);
            weight += each == '{' || each == '[' ? CONTAINER : each == ',' || each == '&' ? VALUE : 0;
        }
        return Math.min(weight, MOST);
    }
}
