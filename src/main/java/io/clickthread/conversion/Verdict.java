package io.clickthread.conversion;

import io.clickthread.graph.GraphAnswer;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What an answer of Meta means for the conversions that were sent, told by its numbers alone: its words are translated.
 * The first row that fits decides. Sources: Meta's "Handle errors", "Marketing API error reference" and "Rate limits";
 * code 100 with 28040xx and 28041xx are the Conversions API's refusals of one event.
 */
enum Verdict {
    /** Meta counted it. */
    ACCEPTED("delivered"),
    /** Meta refuses this event and would refuse it again. */
    REJECTED("rejected"),
    /** Meta wants fewer calls; it goes again later. */
    THROTTLED("waiting"),
    /** Meta failed, or was not reached; it goes again. */
    TRANSIENT("waiting"),
    /** The token, a permission, a policy or the dataset is in the way; the account waits until somebody has looked. */
    BLOCKED("waiting"),
    /** It may have been counted. */
    UNKNOWN("unknown");

    private final String state;

    Verdict(String state) {
        this.state = state;
    }

    /** The state that a conversion is in after this verdict. */
    String state() {
        return state;
    }

    private record Row(BiPredicate<GraphAnswer, Integer> fits, Verdict verdict) {
    }

    private static final List<Row> TABLE = List.of(
            row(answer -> answer.reach() == GraphAnswer.Reach.NOT_SENT, TRANSIENT),
            row(answer -> answer.reach() == GraphAnswer.Reach.UNANSWERED, UNKNOWN),
            new Row((answer, sent) -> answer.isSuccess() && received(answer) == sent, ACCEPTED),
            row(answer -> answer.isSuccess() && received(answer) == 0, REJECTED), // discarded, all of them
            row(answer -> answer.isSuccess(), UNKNOWN), // another count, or none: nobody knows which events Meta has
            row(codes(4, 17, 32, 341, 613), THROTTLED),
            row(answer -> answer.code() >= 80_000 && answer.code() <= 80_014, THROTTLED),
            row(answer -> answer.status() == 429, THROTTLED),
            row(codes(190, 102, 104, 10, 3, 294, 368), BLOCKED),
            row(answer -> answer.code() >= 200 && answer.code() <= 299, BLOCKED),
            row(answer -> answer.code() == 100 && answer.subcode() == 33, BLOCKED),
            row(answer -> answer.code() == 100 && answer.subcode() / 1_000 == 2_804, REJECTED),
            row(answer -> answer.error().path("is_transient").asBoolean(false), TRANSIENT),
            row(codes(1, 2, 5000), TRANSIENT),
            row(answer -> answer.code() < 0, TRANSIENT),
            row(answer -> answer.status() >= 500, TRANSIENT),
            row(answer -> answer.status() == 401 || answer.status() == 403, BLOCKED),
            row(answer -> answer.status() / 100 == 4, REJECTED));

    /**
     * The verdict of an answer; what no row knows, such as a redirect, is tried again.
     *
     * @param answer Meta's answer, or the lack of one
     * @param sent   how many events the call had
     */
    static Verdict of(GraphAnswer answer, int sent) {
        return TABLE.stream().filter(row -> row.fits().test(answer, sent)).map(Row::verdict).findFirst().orElse(TRANSIENT);
    }

    private static Row row(Predicate<GraphAnswer> fits, Verdict verdict) {
        return new Row((answer, sent) -> fits.test(answer), verdict);
    }

    private static Predicate<GraphAnswer> codes(int... codes) {
        return answer -> java.util.Arrays.stream(codes).anyMatch(code -> code == answer.code());
    }

    private static int received(GraphAnswer answer) {
        return answer.body().path("events_received").asInt(-1);
    }
}
