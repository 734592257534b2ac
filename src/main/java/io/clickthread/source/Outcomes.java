package io.clickthread.source;

import io.clickthread.conversion.SubmissionResult;
import io.clickthread.http.Problem;
import io.clickthread.http.Problems;
import io.clickthread.store.SqlStates;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Tells what a message is to blame for from what we are. A mapping reads nothing but its message, so whatever it throws is
 * the message's fault; of a conversion, a refusal (4xx) and a value that no column takes are. Everything else is ours, and
 * the source is to bring the message again.
 */
@Component("outcomes")
public class Outcomes {

    /**
     * One conversion, or the mapping of a message, that went wrong.
     *
     * @param failure why
     * @param isOurs  whether the same message may be taken later
     */
    record Failed(Exception failure, boolean isOurs) {
        @Override
        public String toString() {
            return "Failed[" + failure.getClass().getSimpleName() + "]";
        }
    }

    /**
     * Makes an outcome of a failure, so that what else came with the message goes its way.
     *
     * @param failure what was thrown
     * @param mapped  what the mapping had made by then; null if it is the mapping that failed
     * @return the outcome
     */
    public Object failed(Exception failure, Object mapped) {
        Problem problem = Problems.in(failure);
        boolean isOurs = problem != null ? problem.status() >= 500 || problem.status() == 429
                : mapped != null && !(failure instanceof RuntimeException fault && SqlStates.isDataFault(fault));
        return new Failed(problem != null ? problem : failure, isOurs);
    }

    /**
     * What a mapping has left to do.
     *
     * @param mapped a list of conversions, or the outcome of a mapping that failed
     * @return the conversions, none for such an outcome
     */
    public List<?> conversions(Object mapped) {
        return mapped instanceof List<?> list ? list : List.of();
    }

    /**
     * Puts the outcomes of a message together.
     *
     * @param message the message
     * @param body    a list of outcomes, or the one of a mapping that failed
     * @return the result
     * @throws Exception the failure that is ours, if there is one
     */
    public SourceResult judge(SourceMessage message, Object body) throws Exception {
        int taken = 0;
        int repeated = 0;
        String refusal = null;
        for (Object outcome : body instanceof List<?> list ? list : List.of(body)) {
            if (outcome instanceof SubmissionResult one) {
                taken++;
                repeated += one.repeated() ? 1 : 0;
            } else if (outcome instanceof Failed failed && failed.isOurs()) {
                throw failed.failure();
            } else if (outcome instanceof Failed failed && refusal == null) {
                refusal = sentence(failed.failure());
            }
        }
        return new SourceResult(message, taken, repeated, refusal);
    }

    /** Only a problem's message is known to be free of personal data. */
    private static String sentence(Exception failure) {
        return failure instanceof Problem problem ? problem.sentences()
                : "Its fields could not be read: " + failure.getClass().getSimpleName() + ".";
    }
}
