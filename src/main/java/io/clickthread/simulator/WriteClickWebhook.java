package io.clickthread.simulator;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Turns a {@link SimulatedClick} into the headers and body of Meta's webhook, and nothing else. */
@Component("writeClickWebhook")
@Profile("local")
class WriteClickWebhook implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        SimulatedClick click = message.getBody(SimulatedClick.class);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader("X-Hub-Signature-256", click.signature());
        message.setBody(click.body());
    }
}
