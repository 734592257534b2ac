package io.clickthread.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.util.IOHelper;
import org.springframework.stereotype.Component;

/**
 * The last step of every HTTP route: writes an {@link ApiResponse}, or any other body as a 200 with JSON, and lets no header
 * out but the answer's own. An answer under an {@code Idempotency-Key} is kept for repetitions before it goes out.
 */
@Component("writeResponse")
class WriteResponse implements Processor {

    private final ObjectMapper mapper;
    private final IdempotencyKeys keys;

    WriteResponse(ObjectMapper mapper, IdempotencyKeys keys) {
        this.mapper = mapper;
        this.keys = keys;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Object body = exchange.getMessage().getBody();
        if (body instanceof ApiResponse streamed && streamed.body() instanceof InputStream content) {
            new WrittenResponse(streamed.status(), streamed.headers().get(Exchange.CONTENT_TYPE), streamed.headers(),
                    new byte[0]).writeTo(exchange.getMessage());
            exchange.getMessage().setBody(content);
            // The engine waits for a client to read on, even one that has gone.
            exchange.getProperty(WebServer.TICKET, Ticket.class).stopIfAbandoned(() -> {
                UnitOfWorkHelper.doneUow(exchange.getUnitOfWork(), exchange);
                IOHelper.close(content);
            });
            return;
        }
        WrittenResponse answer = WrittenResponse.of(body instanceof ApiResponse given ? given : ApiResponse.ok(body), mapper);
        if (exchange.getVariable(ReadRequest.IDEMPOTENCY_KEY) instanceof IdempotencyKey key) {
            keys.settle(key, answer);
        }
        answer.writeTo(exchange.getMessage());
    }
}
