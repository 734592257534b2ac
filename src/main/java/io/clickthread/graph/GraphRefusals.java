package io.clickthread.graph;

import io.clickthread.http.Problem;
import java.util.Set;

/** What the API answers when Meta did not do what a request needs. */
public final class GraphRefusals {

    private static final Set<ErrorClass> LATER = Set.of(ErrorClass.CALLS, ErrorClass.OUTAGE);

    private GraphRefusals() {
    }

    /**
     * The problem for an answer that is no success. Only an error object of Meta's is a refusal of Meta's.
     *
     * @param answer Meta's answer, that of a proxy on the way, or the lack of one
     * @param what   what was tried, for example {@code "read the phone number"}
     * @param advice a sentence for a refusal, that says what to do
     * @return 422 with Meta's raw error if Meta refused; 502 if Meta failed, throttled or did not answer, or another answered
     */
    public static Problem of(GraphAnswer answer, String what, String advice) {
        if (answer.reach() != GraphAnswer.Reach.ANSWERED) {
            return Problem.platform(502, "Meta could not be reached to " + what + ". Try again later.", null);
        }
        if (!answer.isGraphError()) {
            boolean isMetas = answer.status() / 100 == 5 || answer.status() == 429;
            return Problem.platform(502, isMetas ? "Meta failed to " + what + " (HTTP " + answer.status() + "). Try again later."
                    : "An answer that is not Meta's came to the call that should " + what + " (HTTP " + answer.status()
                    + (answer.line() == null ? "" : ": “" + answer.line() + "”")
                    + "): look for a proxy or a firewall between this server and graph.facebook.com.", null);
        }
        ErrorClass whose = MetaErrors.of(answer);
        if (LATER.contains(whose)) {
            String failed = whose == ErrorClass.CALLS ? "Meta asks for fewer calls and did not " : "Meta failed to ";
            return Problem.platform(502, failed + what + " (HTTP " + answer.status() + ", code " + answer.code()
                    + "). Try again later.", answer.error());
        }
        String said = answer.message() == null ? "code " + answer.code() : answer.message();
        return Problem.platform(422, "Meta refused to " + what + ": " + said + " " + advice, answer.error());
    }
}
