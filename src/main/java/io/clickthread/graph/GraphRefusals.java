package io.clickthread.graph;

import io.clickthread.http.Problem;

/** What the API answers when Meta did not do what a request needs. */
public final class GraphRefusals {

    private GraphRefusals() {
    }

    /**
     * The problem for an answer that is no success.
     *
     * @param answer Meta's answer, or the lack of one
     * @param what   what was tried, for example {@code "read the phone number"}
     * @param advice a sentence for a refusal, that says what to do
     * @return 422 with Meta's raw error if Meta refused, 502 if Meta failed, throttled or did not answer
     */
    public static Problem of(GraphAnswer answer, String what, String advice) {
        Object error = answer.error().isMissingNode() ? null : answer.error();
        if (answer.reach() != GraphAnswer.Reach.ANSWERED) {
            return Problem.platform(502, "Meta could not be reached to " + what + ". Try again later.", null);
        }
        boolean refused = answer.status() / 100 == 4 && answer.status() != 429
                && !answer.error().path("is_transient").asBoolean(false);
        if (!refused) {
            return Problem.platform(502, "Meta failed to " + what + " (HTTP " + answer.status()
                    + "). Try again later.", error);
        }
        String said = answer.message() == null ? "HTTP " + answer.status() : answer.message();
        return Problem.platform(422, "Meta refused to " + what + ": " + said + " " + advice, error);
    }
}
