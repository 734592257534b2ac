package io.clickthread.simulator;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Of several deliveries the one with the highest status stands for all: they went well if it did. */
@Component("worstDelivery")
@Profile("local")
class WorstDelivery implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange worst, Exchange next) {
        return worst == null || status(next) > status(worst) ? next : worst;
    }

    private static int status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    }
}
