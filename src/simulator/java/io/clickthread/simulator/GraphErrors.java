package io.clickthread.simulator;

import io.clickthread.http.ApiResponse;
import io.clickthread.http.Request;
import io.clickthread.system.Faults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Answers what goes wrong in the simulated Graph API, by intent or not, in Meta's shape. */
@Component("graphErrors")
@Profile("local")
public class GraphErrors {

    private static final Logger LOG = LoggerFactory.getLogger(GraphErrors.class);

    /**
     * The answer for a failure.
     *
     * @param failure a refusal, or a fault of the simulator's own
     * @param request the call; null if it could not be read
     * @return Meta's error; a page of text for the error that has no code, because it is not Meta's
     */
    public ApiResponse answer(Throwable failure, Request request) {
        GraphError error = failure instanceof GraphRefusal refusal ? refusal.error() : Scenario.UNKNOWN_ERROR.error();
        if (!(failure instanceof GraphRefusal)) {
            LOG.error("The simulator failed: {}", Faults.trace(failure));
        }
        return new ApiResponse(error.status(), error.headers(),
                error.code() == 0 ? error.message() : error.body(Sentences.language(request)));
    }
}
