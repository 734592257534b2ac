package io.clickthread.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The last step of every HTTP route: writes an {@link Answer}, or any other body as a 200 with JSON, and lets no header
 * out but the answer's own.
 */
@Component("sendAnswer")
class SendAnswer implements Processor {

    private final ObjectMapper mapper;

    SendAnswer(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Answer answer = message.getBody() instanceof Answer given ? given : Answer.ok(message.getBody());
        message.removeHeaders("*");
        answer.headers().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        boolean text = answer.body() instanceof String;
        message.setHeader(Exchange.CONTENT_TYPE, text ? "text/plain;charset=UTF-8" : "application/json");
        byte[] bytes = text ? ((String) answer.body()).getBytes(StandardCharsets.UTF_8)
                : mapper.writeValueAsBytes(answer.body());
        message.setBody(ByteBuffer.wrap(bytes)); // the one body type that the engine sends with a Content-Length and no copy
    }
}
