package io.clickthread.conversion;

import io.clickthread.graph.GraphAnswer;
import java.util.Locale;

/**
 * What becomes of a conversion after a call to Meta, or beside one.
 *
 * @param conversion     which conversion
 * @param state          the state it is in now
 * @param dueInMillis    waiting: until the next attempt; sending: until the lease ends; else null
 * @param reason         why it stands as it does
 * @param retries        how often Meta failed it so far
 * @param attemptsMore   1 if another attempt follows under the same lease, -1 if the one it was leased for was not made
 * @param outcome        how the call ended for it; null if it took part in none
 * @param verdict        what the answer means; null if it took part in no call, or if another conversion's call was meant
 * @param answer         Meta's answer, or the lack of one; null without a call
 * @param eventsSent     how many events the call had
 * @param eventsReceived 1 or 0 once Meta has judged it, else null
 * @param message        Meta's words, or the first line of an answer that is not Meta's, or null
 */
public record AttemptResult(Conversion conversion, String state, Long dueInMillis, String reason, int retries, int attemptsMore,
                  String outcome, ResponseClass verdict, GraphAnswer answer, int eventsSent, Integer eventsReceived, String message) {

    /** The outcome of a conversion whose batch was refused, perhaps because of another one. */
    static final String BATCH_REFUSED = "batch-refused";

    /** After a call whose answer was about this conversion, or about all of its call. */
    static AttemptResult of(Conversion conversion, String state, Long dueInMillis, String reason, int retries,
                         ResponseClass verdict, GraphAnswer answer, int eventsSent) {
        Integer received = switch (verdict) {
            case ACCEPTED -> 1;
            case REJECTED -> 0;
            default -> null;
        };
        return new AttemptResult(conversion, state, dueInMillis, reason, retries, 0,
                verdict.name().toLowerCase(Locale.ROOT), verdict, answer, eventsSent, received, message(verdict, answer));
    }

    /** It goes again under the same lease, in a smaller batch, because its batch was refused. */
    static AttemptResult again(Conversion conversion, long leaseMillis, GraphAnswer answer, int eventsSent) {
        String reason = answer.isGraphError() || answer.isSuccess() ? "Its batch was refused; the faulty event is searched."
                : "Its batch was too large for a proxy on the way; it is sent in smaller ones.";
        return new AttemptResult(conversion, "sending", leaseMillis, reason, conversion.retries(), 1, BATCH_REFUSED, null, answer,
                eventsSent, null, answer.isGraphError() ? answer.message() : answer.line());
    }

    /** Its lease begins anew; nothing else happened to it. */
    static AttemptResult renewed(Conversion conversion, long leaseMillis) {
        return new AttemptResult(conversion, "sending", leaseMillis, null, conversion.retries(), 0, null, null, null, 0, null, null);
    }

    /** It is left to the next sender, without having been sent. */
    static AttemptResult givenBack(Conversion conversion, String reason) {
        return new AttemptResult(conversion, "waiting", 0L, reason, conversion.retries(), -1, null, null, null, 0, null, null);
    }

    /** It was not sent, because a route of the operator's does not let it go. */
    static AttemptResult held(Conversion conversion, String state, Long dueInMillis, String reason, int retries) {
        return new AttemptResult(conversion, state, dueInMillis, reason, retries, -1, null, null, null, 0, null, null);
    }

    /** The same, without a sender that goes on with it. */
    AttemptResult leftToOthers() {
        return new AttemptResult(conversion, "waiting", 0L, reason, retries, 0, outcome, verdict, answer, eventsSent,
                eventsReceived, message);
    }

    /** The same for another reason. */
    AttemptResult because(String other) {
        return new AttemptResult(conversion, state, dueInMillis, other, retries, attemptsMore, outcome, verdict, answer, eventsSent,
                eventsReceived, message);
    }

    /** The same without Meta's words, in case it is they that the database does not take. */
    AttemptResult withoutWords() {
        return new AttemptResult(conversion, state, dueInMillis, reason, retries, attemptsMore, outcome, verdict, null, eventsSent,
                eventsReceived, null);
    }

    /** The number that tells most: Meta's subcode, else its code. */
    String failureCode() {
        return answer == null ? null : answer.subcode() != 0 ? Integer.toString(answer.subcode())
                : answer.code() != 0 ? Integer.toString(answer.code()) : null;
    }

    private static String message(ResponseClass verdict, GraphAnswer answer) {
        if (answer.isGraphError()) {
            return answer.message();
        }
        return verdict == ResponseClass.REJECTED ? "Meta answered, but received 0 events." : answer.line();
    }

    @Override
    public String toString() {
        return "AttemptResult[" + conversion + " " + state + "]"; // the rest is a person's
    }
}
