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

/** Decides what becomes of conversions, and of their lane, after a call to Meta. */
@Component("settling")
public class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private final RetrySchedule schedule;
    private final UnknownPolicy unknownPolicy;
    private final Settings.Delivery settings;
    private final Clock clock;

    Settling(RetrySchedule schedule, UnknownPolicy unknownPolicy, Settings settings, Clock clock) {
        this.schedule = schedule;
        this.unknownPolicy = unknownPolicy;
        this.settings = settings.delivery();
        this.clock = clock;
    }

    /**
     * Judges an answer. A refused batch is narrowed down; any other trouble ends the delivery, and what was not part of the
     * call is given back.
     *
     * @param delivery whose call it was
     * @param answer   what came back, or did not
     * @return what to write down
     */
    public Judgement judge(Delivery delivery, GraphAnswer answer) {
        List<Conversion> call = delivery.call();
        Set<String> called = call.stream().map(Conversion::id).collect(Collectors.toSet());
        Verdict verdict = Verdict.of(answer, call.size());
        List<Settlement> settlements = new ArrayList<>();
        switch (verdict) {
            case ACCEPTED -> {
                call.forEach(one -> settlements.add(settle(one, verdict, answer, call.size())));
                addPoison(settlements, delivery, delivery.bisection().taken());
            }
            case REJECTED -> {
                Settlement refusal = settle(call.get(0), verdict, answer, call.size());
                addPoison(settlements, delivery, delivery.bisection().refused(refusal));
                if (call.size() > 1) {
                    call.forEach(one -> settlements.add(
                            Settlement.again(one, settings.lease().toMillis(), answer, call.size())));
                }
            }
            default -> {
                call.forEach(one -> settlements.add(settle(one, verdict, answer, call.size())));
                delivery.left().stream().filter(one -> !called.contains(one.id())).forEach(one -> settlements.add(
                        Settlement.givenBack(one, "It was not sent, because Meta did not take what goes before it.")));
                delivery.stop();
            }
        }
        if (verdict == Verdict.ACCEPTED || verdict == Verdict.REJECTED) {
            delivery.left().stream().filter(one -> !called.contains(one.id()) && delivery.isLeaseOld(one))
                    .forEach(one -> settlements.add(Settlement.renewed(one, settings.lease().toMillis())));
        }
        return new Judgement(delivery, settlements, lane(delivery, verdict, answer));
    }

    private static void addPoison(List<Settlement> settlements, Delivery delivery, Poison<String, Settlement> poison) {
        if (poison != null) {
            Settlement why = poison.why();
            String reason = why.eventsSent() == 1 ? why.reason()
                    : why.reason() + " It was one of " + why.eventsSent() + "; Meta took the others without it.";
            Conversion conversion = delivery.conversion(poison.item());
            settlements.add(Settlement.of(conversion, "rejected", null, reason, conversion.retries(), Verdict.REJECTED,
                    why.answer(), why.eventsSent()));
        }
    }

    private Settlement settle(Conversion conversion, Verdict verdict, GraphAnswer answer, int sent) {
        String state = verdict.state();
        String reason = Reasons.of(verdict, answer);
        boolean failed = verdict == Verdict.TRANSIENT || verdict == Verdict.UNKNOWN;
        if (verdict == Verdict.UNKNOWN && unknownPolicy.isResent(conversion.eventName())) {
            state = "waiting";
        }
        int retries = conversion.retries() + (failed ? 1 : 0);
        Long dueIn = null;
        if (state.equals("waiting")) {
            // What concerns the lane costs the conversion nothing: the lane says when it goes on.
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
        return Settlement.of(conversion, state, dueIn, reason, retries, verdict, answer, sent);
    }

    private Map<String, Object> lane(Delivery delivery, Verdict verdict, GraphAnswer answer) {
        long floor = answer.retryAfter() == null ? 0 : Math.min(answer.retryAfter(), 86_400) * 1_000;
        String reason = Reasons.of(verdict, answer);
        LaneNews news = switch (verdict) {
            case ACCEPTED, REJECTED -> floor > 0
                    ? LaneNews.trouble(delivery, "throttled", floor, settings.retryDelays(), "Meta asks for fewer calls.")
                    : delivery.laneFailed() ? LaneNews.works(delivery) : null;
            case THROTTLED -> LaneNews.trouble(delivery, "throttled", floor, settings.retryDelays(), reason);
            case BLOCKED -> LaneNews.trouble(delivery, "paused", floor, settings.probeDelays(), reason);
            case TRANSIENT, UNKNOWN -> LaneNews.trouble(delivery, floor > 0 ? "throttled" : "broken", floor,
                    settings.breakerDelays(), reason);
        };
        if (verdict == Verdict.BLOCKED) {
            LOG.warn("Conversions of account {} wait: {}", delivery.call().get(0).accountId(), reason);
        }
        return news == null ? null : news.parameters(settings.breakerThreshold());
    }
}
