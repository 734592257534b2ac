package io.clickthread.conversion;

import io.clickthread.graph.GraphAnswer;
import io.clickthread.graph.MetaErrors;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What an answer means for the conversions that were sent. An error object of Meta's is judged by {@link MetaErrors}; what
 * came without one, by the table below, and it rejects nothing: a proxy, a firewall or Meta's own edge wrote it, and none of
 * them has seen the event.
 */
enum ResponseClass {
    /** Meta counted it. */
    ACCEPTED("delivered"),
    /** Meta refuses this event and would refuse it again. */
    REJECTED("rejected"),
    /** Meta wants fewer calls; it goes again later. */
    THROTTLED("waiting"),
    /** Meta failed, was not reached, something failed here before it was, or another answered in its place; it goes again. */
    TRANSIENT("waiting"),
    /** Token, permission, policy, dataset or version are in the way; the account waits until somebody has looked. */
    BLOCKED("waiting"),
    /** Meta refuses it with a code that names no fault of an event; it goes again, and the account waits if others fail alike. */
    UNEXPLAINED("waiting"),
    /** It may have been counted. */
    UNKNOWN("unknown");

    private final String state;

    ResponseClass(String state) {
        this.state = state;
    }

    /** The state that a conversion is in after this verdict. */
    String state() {
        return state;
    }

    private record Row(BiPredicate<GraphAnswer, Integer> fits, ResponseClass verdict) {
    }

    private static final List<Row> WITHOUT_ERROR = List.of(
            row(answer -> answer.reach() == GraphAnswer.Reach.NOT_SENT, TRANSIENT),
            row(answer -> answer.reach() == GraphAnswer.Reach.FAILED_HERE, TRANSIENT),
            row(answer -> answer.reach() == GraphAnswer.Reach.UNANSWERED, UNKNOWN),
            new Row((answer, sent) -> answer.isSuccess() && answer.eventsReceived() == sent, ACCEPTED),
            row(answer -> answer.isSuccess() && answer.eventsReceived() == 0, REJECTED), // Meta discarded all of them
            // Another count or none, an empty answer, a login page: the request may have gone through whoever wrote it.
            row(answer -> answer.status() / 100 == 2, UNKNOWN),
            row(answer -> answer.status() == 429, THROTTLED),
            // A gateway that has sent it on and had no answer (504; 598, 599 and Cloudflare's 524) or none that it understood
            // (520) tells what a timeout of our own would.
            row(answer -> List.of(504, 520, 524, 598, 599).contains(answer.status()), UNKNOWN),
            // Meta's documents have 5xx tried again. 4xx says that the request was not taken: 408 that it never arrived
            // whole, 421 and 425 that it should come again, 401, 403, 407 and 451 that a proxy does not let it through.
            row(answer -> true, TRANSIENT));

    /**
     * The verdict of an answer.
     *
     * @param answer Meta's answer, that of a proxy on the way, or the lack of one
     * @param sent   how many events the call had
     */
    static ResponseClass of(GraphAnswer answer, int sent) {
        if (answer.reach() != GraphAnswer.Reach.ANSWERED || !answer.isGraphError()) {
            return WITHOUT_ERROR.stream().filter(row -> row.fits().test(answer, sent)).findFirst().orElseThrow().verdict();
        }
        ResponseClass verdict = switch (MetaErrors.of(answer)) {
            case EVENT -> REJECTED;
            case CALLS -> THROTTLED;
            case OUTAGE -> TRANSIENT;
            case TOKEN, PERMISSION, POLICY, DATASET, VERSION -> BLOCKED;
            case UNEXPLAINED -> UNEXPLAINED;
        };
        boolean isCounted = answer.eventsReceived() > 0;
        boolean isOdd = answer.status() / 100 == 2 && verdict == UNEXPLAINED; // a success that is none
        return isCounted || isOdd ? UNKNOWN : verdict;
    }

    private static Row row(Predicate<GraphAnswer> fits, ResponseClass verdict) {
        return new Row((answer, sent) -> fits.test(answer), verdict);
    }
}
