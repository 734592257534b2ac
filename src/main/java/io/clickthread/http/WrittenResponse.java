package io.clickthread.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * An answer as it goes over the wire.
 *
 * @param status      the HTTP status
 * @param contentType of the body
 * @param headers     the answer's own headers
 * @param body        the bytes
 */
record WrittenResponse(int status, String contentType, Map<String, String> headers, byte[] body) {

    static WrittenResponse of(ApiResponse answer, ObjectMapper mapper) throws JsonProcessingException {
        return answer.body() instanceof String text
                ? new WrittenResponse(answer.status(),
                        answer.headers().getOrDefault(Exchange.CONTENT_TYPE, "text/plain;charset=UTF-8"), answer.headers(),
                        text.getBytes(StandardCharsets.UTF_8))
                : new WrittenResponse(answer.status(), "application/json", answer.headers(),
                        mapper.writeValueAsBytes(answer.body()));
    }

    /** Makes it the response, without any header but its own. */
    void writeTo(Message message) {
        message.removeHeaders("*");
        headers.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setBody(ByteBuffer.wrap(body)); // the one body type that the engine sends with a Content-Length and no copy
    }

    @Override
    public String toString() {
        return "WrittenAnswer[" + status + "]"; // the rest is a person's
    }
}
