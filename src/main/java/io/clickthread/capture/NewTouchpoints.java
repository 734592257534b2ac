package io.clickthread.capture;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Gathers the messages of a webhook that reached the end of a {@code split}, as a {@code List<Touchpoint>}. What a step {@code stop}
 * ended is left out: that is how a message is dropped. A step that fails makes the webhook fail.
 */
@Component("newTouchpoints")
public class NewTouchpoints implements AggregationStrategy {

    /**
     * Adds a message, unless it was stopped.
     *
     * @param gathered  null for the first message
     * @param processed the message, as its last step left it
     * @return the exchange whose body is the list
     * @throws IllegalStateException if a step left something else than a {@link Touchpoint}
     */
    @Override
    public Exchange aggregate(Exchange gathered, Exchange processed) {
        boolean isStopped = processed.isRouteStop();
        Object body = processed.getMessage().getBody();
        Exchange result = gathered;
        if (result == null) {
            result = processed;
            result.setRouteStop(false); // it goes on as the webhook
            result.getMessage().setBody(new ArrayList<Touchpoint>());
        }
        if (processed.getException() != null) { // without stopOnException, for which a stop is a fault, too
            result.setException(processed.getException());
        } else if (!isStopped) {
            if (!(body instanceof Touchpoint touchpoint)) {
                throw new IllegalStateException("A step of the split left " + (body == null ? "no body" : "a "
                        + body.getClass().getSimpleName()) + " where the message, a Touchpoint, must be: set the body back");
            }
            touchpoints(result).add(touchpoint);
        }
        return result;
    }

    @SuppressWarnings("unchecked")
    private static List<Touchpoint> touchpoints(Exchange exchange) {
        return (List<Touchpoint>) exchange.getMessage().getBody();
    }
}
