package io.clickthread.conversion;

import io.clickthread.graph.GraphAnswer;
import io.clickthread.graph.GraphCall;
import io.clickthread.system.Faults;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ends a delivery that failed in this server. What is known of it decides: before the call was handed out nothing left, and
 * its conversions wait; an answer that came is written down; only a call that may have left and has no answer is unknown.
 */
@Component("deliveryFaults")
public class DeliveryFaults {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryFaults.class);

    private final ResponseEvaluator settling;
    private final ConversionLog log;

    DeliveryFaults(ResponseEvaluator settling, ConversionLog log) {
        this.settling = settling;
        this.log = log;
    }

    /**
     * Writes down what is known after a failure.
     *
     * @param failure  what failed
     * @param running  the delivery that is under way, or the one before it if this one had not begun
     * @param body     what the failed step was to work on: the delivery, its call, or the answer
     * @return the delivery, ended
     */
    public DeliveryBatch failed(Exception failure, DeliveryBatch running, Object body) {
        DeliveryBatch delivery = body instanceof DeliveryBatch handed ? handed : running;
        if (delivery == null) {
            throw new IllegalStateException("There is no delivery", failure);
        }
        LOG.error("{} failed: {}", delivery, Faults.trace(failure));
        DeliveryResult judgement = delivery.pending();
        if (judgement == null && !delivery.isStopped() && !delivery.left().isEmpty()) {
            judgement = judge(delivery, answer(failure, delivery, body));
        }
        if (judgement != null) {
            log.settle(judgement.ended("It was not sent, because something failed in this server before."));
        }
        return delivery;
    }

    /**
     * Gives back what a delivery has left although it was not stopped: its lease ran out while this server stood still.
     *
     * @param delivery that makes no further call
     * @return the same
     */
    public DeliveryBatch end(DeliveryBatch delivery) {
        if (!delivery.isStopped() && !delivery.left().isEmpty()) {
            log.settle(new DeliveryResult(delivery, List.of(), null)
                    .ended("This server stood still before it could be sent; it is sent again."));
        }
        return delivery;
    }

    private static GraphAnswer answer(Exception failure, DeliveryBatch delivery, Object body) {
        if (body instanceof GraphAnswer known) {
            return known;
        }
        return delivery.isHandedOut() && !(body instanceof GraphCall) ? GraphAnswer.unanswered()
                : GraphAnswer.failedHere(Faults.name(failure));
    }

    private DeliveryResult judge(DeliveryBatch delivery, GraphAnswer answer) {
        if (delivery.call().isEmpty()) {
            delivery.nextCall();
        }
        try {
            return settling.judge(delivery, answer);
        } catch (RuntimeException e) {
            LOG.error("The answer to {} is judged without its batch: {}", delivery, Faults.trace(e));
            return settling.judgePlainly(delivery, answer);
        }
    }
}
