package io.clickthread.conversion;

import io.clickthread.graph.GraphAnswer;

/**
 * A row of {@code record-attempts.sql}.
 *
 * @param id              the conversion
 * @param attempt         the attempt that it was leased for: with the claim, what guards against another sender
 * @param claim           the sender's claim; null if its own request had it
 * @param state           the state it is in now
 * @param dueInMillis     until when, from now; null if nothing is due
 * @param reason          why it stands as it does, or null
 * @param retries         how often Meta failed it so far
 * @param attemptsMore    1 if another attempt follows under the same lease, -1 if the one it was leased for was not made
 * @param eventsReceived  1 or 0 once Meta has judged it, else null
 * @param eventsFailed    the other of both, else null
 * @param failureCode     Meta's number of a refusal, or null
 * @param failureMessage  Meta's words of a refusal, or null
 * @param traceId         Meta's {@code fbtrace_id}, or null
 * @param durationMillis  how long the call took; null without a call
 * @param startedAtMillis when it began, since 1970; null without a call
 * @param outcome         how the call ended for it; null if it took part in none
 * @param httpStatus      null without an answer
 * @param code            Meta's error code, or null
 * @param subcode         Meta's error subcode, or null
 * @param message         Meta's words, or the first line of an answer that is not Meta's, or null
 * @param eventsSent      how many events the call had
 */
record AttemptRow(String id, int attempt, String claim, String state, Long dueInMillis, String reason, int retries, int attemptsMore,
                  Integer eventsReceived, Integer eventsFailed, String failureCode, String failureMessage, String traceId,
                  Integer durationMillis, Long startedAtMillis, String outcome, Integer httpStatus, Integer code, Integer subcode,
                  String message, int eventsSent) {

    static AttemptRow of(AttemptResult result) {
        GraphAnswer answer = result.answer();
        boolean isRejected = result.state().equals("rejected");
        boolean isError = answer != null && answer.isGraphError();
        return new AttemptRow(result.conversion().id(), result.conversion().attempt(), result.conversion().claim(), result.state(),
                result.dueInMillis(), storable(result.reason()), result.retries(), result.attemptsMore(), result.eventsReceived(),
                result.eventsReceived() == null ? null : 1 - result.eventsReceived(), isRejected ? result.failureCode() : null,
                isRejected ? storable(result.message()) : null, answer == null ? null : storable(answer.traceId()),
                answer == null ? null : answer.durationMillis(), answer == null ? null : answer.startedAt(), result.outcome(),
                answer == null ? null : zeroIsNull(answer.status()), isError ? (Integer) answer.code() : null,
                isError ? zeroIsNull(answer.subcode()) : null, storable(result.message()), result.eventsSent());
    }

    private static Integer zeroIsNull(int number) {
        return number == 0 ? null : number;
    }

    /** PostgreSQL has no NUL. */
    private static String storable(String text) {
        return text == null ? null : text.replace("\0", "");
    }

    @Override
    public String toString() {
        return "AttemptRow[" + id + " " + state + "]"; // the rest is a person's
    }
}
