package io.clickthread.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * A step for routes that hand something on to another HTTP server, such as a captured click: turns the body into JSON
 * and says so in the content type.
 */
@Component("asJson")
class AsJson implements Processor {

    private final ObjectMapper mapper;

    AsJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        exchange.getMessage().setBody(mapper.writeValueAsBytes(exchange.getMessage().getBody()));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
}
