package io.clickthread.conversion;

import io.clickthread.graph.GraphAnswer;
import io.clickthread.graph.GraphCall;
import io.clickthread.store.SqlStates;
import io.clickthread.system.Faults;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final PendingResults pending;
    private final UnsentConversions unsent;

    DeliveryFaults(ResponseEvaluator settling, PendingResults pending, UnsentConversions unsent) {
        this.settling = settling;
        this.pending = pending;
        this.unsent = unsent;
    }

    /**
     * Keeps what is known after a failure, to be written down in a moment. What was claimed and not begun is given back.
     *
     * @param failure  what failed
     * @param claim    a sender's parameters of {@code claim-conversions.sql}; null for a request, whose conversion is its claim
     * @param delivery the last delivery that began here; null before the first
     * @param body     what the failed step was to work on: the delivery, its call, or the answer
     */
    public void failed(Exception failure, Map<String, Object> claim, DeliveryBatch delivery, Object body) {
        boolean isBegun = delivery != null && delivery.isBegun() && (claim == null || claim.get("claim").equals(delivery.claim()));
        if (isBegun) {
            settle(failure, delivery, body);
        } else if (claim != null && !SqlStates.isUndone(failure)) {
            unsent.later((String) claim.get("claim"));
        }
        if (claim != null) {
            LOG.warn("A sender failed, next round in a moment: {}", Faults.name(failure));
        }
    }

    private void settle(Exception failure, DeliveryBatch delivery, Object body) {
        if (SqlStates.of(failure).isEmpty()) {
            LOG.error("{} failed: {}", delivery, Faults.trace(failure));
        } else {
            LOG.warn("The database failed {}: {}", delivery, Faults.name(failure));
        }
        DeliveryResult judgement = delivery.pending();
        if (judgement == null && !delivery.isStopped() && !delivery.left().isEmpty()) {
            judgement = judge(delivery, answer(failure, delivery, body));
        }
        if (judgement != null) {
            leave(judgement.ended("It was not sent, because something failed in this server before."));
        }
    }

    /**
     * Gives back what a delivery has left although it was not stopped: its lease ran out while this server stood still.
     *
     * @param delivery that makes no further call
     * @return the same
     */
    public DeliveryBatch end(DeliveryBatch delivery) {
        if (!delivery.isStopped() && !delivery.left().isEmpty()) {
            leave(new DeliveryResult(delivery, List.of(), null)
                    .ended("This server stood still before it could be sent; it is sent again."));
        }
        return delivery;
    }

    /** It is written down in a moment; the delivery makes no further call. */
    private void leave(DeliveryResult result) {
        pending.keep(result.settlements());
        result.delivery().settled(result.settlements(), Set.of());
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
