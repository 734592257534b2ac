package io.clickthread.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.system.JsonConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * What an HTTP route hands to the server to answer.
 *
 * @param status  the HTTP status
 * @param headers all headers of the exchange
 * @param body    the bytes
 */
record Answer(int status, Map<String, Object> headers, byte[] body) {

    static Answer of(Exchange done) {
        ByteBuffer body = done.getMessage().getBody(ByteBuffer.class);
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return new Answer(done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class), done.getMessage().getHeaders(), bytes);
    }

    JsonNode json() {
        try {
            return JsonConfiguration.mapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
