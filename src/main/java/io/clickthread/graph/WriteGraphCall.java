package io.clickthread.graph;

import io.clickthread.system.Settings;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpMethods;
import org.springframework.stereotype.Component;

/** Turns a {@link GraphCall} into the headers and body that {@code camel-http} sends, and nothing else. */
@Component("writeGraphCall")
class WriteGraphCall implements Processor {

    /** The variable that holds the {@link Departure} of the call that is under way; none before it is about to leave. */
    static final String CALL = "graphCall";

    private final String version;

    WriteGraphCall(Settings settings) {
        this.version = settings.graph().version();
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        GraphCall call = message.getBody(GraphCall.class);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(call.method())); // a text is converted at a price
        message.setHeader(Exchange.HTTP_PATH, "/" + version + "/" + call.path());
        if (call.query() != null) {
            message.setHeader(Exchange.HTTP_QUERY, call.query());
        }
        message.setHeader("Authorization", "Bearer " + call.token());
        if (call.body() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
        Departure departure = new Departure(call);
        message.setBody(departure.body());
        exchange.setVariable(CALL, departure);
    }
}
