package io.clickthread.simulator;

/** The simulated Graph API refuses a call, or fails in it. */
final class GraphRefusal extends RuntimeException {

    private final transient GraphError error;

    GraphRefusal(GraphError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** What to answer. */
    GraphError error() {
        return error;
    }
}
