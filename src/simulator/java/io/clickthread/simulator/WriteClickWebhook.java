package io.clickthread.simulator;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Turns one delivery of a {@link SimulatedClick} into the headers and body of a provider's webhook, and nothing else. The
 * path is that of a channel; the server is this one, whatever anybody wishes.
 */
@Component("writeClickWebhook")
@Profile("local")
class WriteClickWebhook implements Processor {

    private static final String OF_CAMEL = "Camel"; // a channel may name any header, but none that steers the call

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        SimulatedClick.Delivery delivery = message.getBody(SimulatedClick.Delivery.class);
        message.removeHeaders("*");
        delivery.headers().forEach((name, value) -> {
            if (!name.regionMatches(true, 0, OF_CAMEL, 0, OF_CAMEL.length())) {
                message.setHeader(name, value);
            }
        });
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader(Exchange.HTTP_PATH, delivery.path());
        message.setHeader(Exchange.CONTENT_TYPE, delivery.contentType());
        message.setBody(delivery.body());
    }
}
