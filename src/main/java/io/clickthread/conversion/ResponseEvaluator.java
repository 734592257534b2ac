package io.clickthread.conversion;

import io.clickthread.conversion.Bisection.Poison;
import io.clickthread.graph.GraphAnswer;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decides the state of conversions, and of their destination, after a call to Meta. */
@Component("responseEvaluator")
public class ResponseEvaluator {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseEvaluator.class);

    /** What costs a conversion its place in the retry schedule. The rest concerns the destination and its state. */
    private static final Set<ResponseClass> FAILURES = Set.of(ResponseClass.TRANSIENT, ResponseClass.UNEXPLAINED, ResponseClass.UNKNOWN);

    private final RetrySchedule schedule;
    private final UnknownPolicy unknownPolicy;
    private final Settings.Delivery settings;
    private final Clock clock;

    ResponseEvaluator(RetrySchedule schedule, UnknownPolicy unknownPolicy, Settings settings, Clock clock) {
        this.schedule = schedule;
        this.unknownPolicy = unknownPolicy;
        this.settings = settings.delivery();
        this.clock = clock;
    }

    /**
     * Judges an answer. A refused batch is narrowed down; any other trouble ends the delivery, and what was not part of the
     * call is given back. A refusal that names no fault of an event is narrowed down as well: if others pass, it is the event
     * that waits; if the last one that is left fails alike and none has passed, it is the account.
     *
     * @param delivery whose call it was
     * @param answer   what came back, or did not
     * @return what to write down
     */
    public DeliveryResult judge(DeliveryBatch delivery, GraphAnswer answer) {
        List<Conversion> call = delivery.call();
        Set<String> called = call.stream().map(Conversion::id).collect(Collectors.toSet());
        ResponseClass verdict = ResponseClass.of(answer, call.size());
        List<AttemptResult> settlements = new ArrayList<>();
        boolean isTooLarge = verdict == ResponseClass.TRANSIENT && answer.status() == 413 && call.size() > 1;
        boolean isNarrowed = verdict == ResponseClass.REJECTED || isTooLarge
                || verdict == ResponseClass.UNEXPLAINED && (call.size() > 1 || delivery.isOneTaken());
        if (verdict == ResponseClass.ACCEPTED) {
            call.forEach(one -> settlements.add(settle(one, verdict, answer, call.size())));
            addPoison(settlements, delivery, delivery.taken());
        } else if (isTooLarge) {
            delivery.bisection().tooLarge();
            again(settlements, delivery, answer);
        } else if (isNarrowed) {
            AttemptResult refusal = settle(call.get(0), verdict, answer, call.size());
            addPoison(settlements, delivery, delivery.bisection().refused(refusal));
            if (call.size() > 1) {
                again(settlements, delivery, answer);
            }
        } else {
            call.forEach(one -> settlements.add(settle(one, verdict, answer, call.size())));
            delivery.left().stream().filter(one -> !called.contains(one.id())).forEach(one -> settlements.add(
                    AttemptResult.givenBack(one, "It was not sent, because Meta did not take what goes before it.")));
            delivery.stop();
        }
        if (verdict == ResponseClass.ACCEPTED || isNarrowed) {
            delivery.left().stream().filter(one -> !called.contains(one.id()) && delivery.isLeaseOld(one))
                    .forEach(one -> settlements.add(AttemptResult.renewed(one, settings.lease().toMillis())));
        }
        boolean isSearch = isNarrowed && verdict != ResponseClass.REJECTED; // which says nothing about the destination yet
        DeliveryResult judgement = new DeliveryResult(delivery, settlements,
                isSearch ? null : destination(delivery, verdict, answer));
        delivery.judged(judgement);
        return judgement;
    }

    /**
     * The same where nothing is to follow, and without the search for the faulty ones: for a delivery that failed here.
     *
     * @param delivery whose call it was
     * @param answer   what came back, or did not
     * @return what to write down; of a batch that was refused, all wait
     */
    DeliveryResult judgePlainly(DeliveryBatch delivery, GraphAnswer answer) {
        List<Conversion> call = delivery.call();
        ResponseClass verdict = ResponseClass.of(answer, call.size());
        boolean isNobodys = verdict == ResponseClass.REJECTED && call.size() > 1; // or one would cost the others their place
        return new DeliveryResult(delivery, call.stream().map(one -> isNobodys
                ? AttemptResult.again(one, 0, answer, call.size()).leftToOthers()
                : settle(one, verdict, answer, call.size())).toList(), null);
    }

    private void again(List<AttemptResult> settlements, DeliveryBatch delivery, GraphAnswer answer) {
        List<Conversion> call = delivery.call();
        call.forEach(one -> settlements.add(AttemptResult.again(one, settings.lease().toMillis(), answer, call.size())));
    }

    private void addPoison(List<AttemptResult> settlements, DeliveryBatch delivery, Poison<String, AttemptResult> poison) {
        if (poison != null) {
            AttemptResult why = poison.why();
            AttemptResult blamed = settle(delivery.conversion(poison.item()), why.verdict(), why.answer(), why.eventsSent());
            settlements.add(why.eventsSent() == 1 ? blamed : blamed.because(
                    blamed.reason() + " It was one of " + why.eventsSent() + "; Meta took the others without it."));
            if (blamed.verdict() == ResponseClass.UNEXPLAINED) { // it goes again, so what is behind it in its conversation waits
                delivery.leaveBehind(blamed.conversion()).forEach(one -> settlements.add(AttemptResult.givenBack(one,
                        "It goes after an earlier conversion of its conversation, which is not delivered yet.")));
            }
        }
    }

    private AttemptResult settle(Conversion conversion, ResponseClass verdict, GraphAnswer answer, int sent) {
        String state = verdict.state();
        String reason = OutcomeMessages.of(verdict, answer);
        boolean failed = FAILURES.contains(verdict);
        if (verdict == ResponseClass.UNKNOWN && unknownPolicy.isResent(conversion.eventName())) {
            state = "waiting";
        }
        int retries = conversion.retries() + (failed ? 1 : 0);
        Long dueIn = null;
        if (state.equals("waiting")) {
            Duration wait = failed ? schedule.wait(retries, answer.retryAfter(), ThreadLocalRandom.current())
                    : Duration.ZERO;
            Duration next = schedule.untilNext(clock.instant(), conversion.eventTime(), wait);
            if (next == null) {
                state = "expired";
                reason = "This was the last try before the event is more than 7 days old and Meta refuses it. " + reason;
            } else {
                dueIn = next.toMillis();
            }
        }
        return AttemptResult.of(conversion, state, dueIn, reason, retries, verdict, answer, sent);
    }

    private Map<String, Object> destination(DeliveryBatch delivery, ResponseClass verdict, GraphAnswer answer) {
        long floor = answer.retryAfter() == null ? 0 : Math.min(answer.retryAfter(), 86_400) * 1_000;
        String reason = OutcomeMessages.ofDestination(verdict, answer);
        // A login page that answers 200 to all would make every event that is tried an unknown one.
        boolean isStranger = verdict == ResponseClass.UNKNOWN && answer.status() / 100 == 2 && !answer.body().isObject();
        DestinationUpdate update = switch (verdict) {
            case ACCEPTED, REJECTED -> floor > 0
                    ? DestinationUpdate.trip(delivery, "throttled", floor, settings.retryDelays(), "Meta asks for fewer calls.")
                    : delivery.destinationFailing() ? DestinationUpdate.reset(delivery) : null;
            case THROTTLED -> DestinationUpdate.trip(delivery, "throttled", floor, settings.retryDelays(), reason);
            case BLOCKED, UNEXPLAINED -> DestinationUpdate.trip(delivery, "suspended", floor, settings.probeDelays(), reason);
            case TRANSIENT, UNKNOWN -> DestinationUpdate.trip(delivery,
                    floor > 0 ? "throttled" : isStranger ? "suspended" : "tripped", floor,
                    isStranger ? settings.probeDelays() : settings.breakerDelays(), reason);
        };
        if (verdict == ResponseClass.BLOCKED || verdict == ResponseClass.UNEXPLAINED) {
            LOG.warn("Conversions of account {} wait: {}", delivery.call().get(0).accountId(), reason);
        }
        return update == null ? null : update.parameters(settings.breakerThreshold());
    }
}
