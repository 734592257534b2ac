package io.clickthread.http;

import org.apache.camel.support.processor.PredicateValidationException;

/** Finds the refusal in what a step of a route failed with. */
public final class Problems {

    private Problems() {
    }

    /**
     * The refusal behind a failure. A bean that an expression calls has its exception wrapped; a {@code validate} step with a
     * predicate of its own throws one that names the predicate.
     *
     * @param failure what a step failed with
     * @return the problem; 422 {@code rule_not_met} for such a predicate; null if it is something else
     */
    public static Problem in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof PredicateValidationException rule) {
                return Problem.unprocessable("rule_not_met", "It does not meet a rule of this server: " + rule.getPredicate() + ".");
            }
        }
        return null;
    }
}
