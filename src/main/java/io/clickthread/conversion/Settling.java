package io.clickthread.conversion;

import io.clickthread.graph.GraphAnswer;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/** Decides what becomes of a conversion after a call to Meta. */
@Component("settling")
public class Settling {

    private final RetrySchedule schedule;
    private final Settings settings;
    private final Clock clock;

    Settling(RetrySchedule schedule, Settings settings, Clock clock) {
        this.schedule = schedule;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Judges an answer.
     *
     * @param conversion what was sent
     * @param answer     what came back, or did not
     * @return what to write down
     */
    public Settlement judge(Conversion conversion, GraphAnswer answer) {
        Verdict verdict = Verdict.of(answer);
        String state = verdict.state();
        Long dueIn = null;
        String reason = reason(verdict, answer);
        if (verdict == Verdict.UNKNOWN && settings.delivery().unknown() == Settings.Unknown.RESEND) {
            state = "waiting";
        }
        if (state.equals("waiting")) {
            Duration wait = schedule.wait(conversion.attempt(), answer.retryAfter(), ThreadLocalRandom.current());
            Instant tooOld = Instant.ofEpochSecond(conversion.eventTime()).plus(settings.conversions().maxAge());
            if (clock.instant().plus(wait).isBefore(tooOld)) {
                dueIn = wait.toMillis();
            } else {
                state = "dead";
                reason = "Before the next attempt the event is more than 7 days old, and Meta refuses it. Last: " + reason;
            }
        }
        boolean judged = verdict == Verdict.ACCEPTED || verdict == Verdict.REJECTED;
        return new Settlement(conversion, state, dueIn, reason, verdict, zeroIsNull(answer.status()),
                zeroIsNull(answer.code()), zeroIsNull(answer.subcode()), message(verdict, answer),
                judged ? (verdict == Verdict.ACCEPTED ? 1 : 0) : null, answer.traceId(), answer.startedAt(),
                answer.durationMillis());
    }

    private static String message(Verdict verdict, GraphAnswer answer) {
        if (answer.message() != null || verdict == Verdict.ACCEPTED) {
            return answer.message();
        }
        return verdict == Verdict.REJECTED && answer.isSuccess() ? "Meta answered, but received 0 events." : null;
    }

    private static String reason(Verdict verdict, GraphAnswer answer) {
        String said = answer.code() == 0 ? "HTTP " + answer.status()
                : "code " + answer.code() + (answer.subcode() == 0 ? "" : ", subcode " + answer.subcode());
        return switch (verdict) {
            case ACCEPTED -> "Meta received it.";
            case REJECTED -> answer.isSuccess() ? "Meta answered, but received 0 events: it discarded the event."
                    : "Meta refused it (" + said + "); it would refuse it again.";
            case THROTTLED -> "Meta asks for fewer calls (" + said + "); it is sent again later.";
            case TRANSIENT -> answer.reach() == GraphAnswer.Reach.NOT_SENT
                    ? "Meta could not be reached; it is sent again." : "Meta failed (" + said + "); it is sent again.";
            case BLOCKED -> "Meta does not let this account send (" + said + "): check its token, its permission "
                    + "whatsapp_business_manage_events and its dataset. It is sent again.";
            case UNKNOWN -> "The request left and no answer came, so whether Meta counted it is not known.";
        };
    }

    private static Integer zeroIsNull(int number) {
        return number == 0 ? null : number;
    }
}
