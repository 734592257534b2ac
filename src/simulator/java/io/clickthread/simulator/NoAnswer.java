package io.clickthread.simulator;

/** A call that gets no answer: its connection is closed, at once or after the caller has given up. */
public final class NoAnswer extends RuntimeException {

    private final long waitMillis;

    NoAnswer(long waitMillis) {
        super("No answer", null, false, false);
        this.waitMillis = waitMillis;
    }

    /**
     * How long to stay silent first.
     *
     * @return milliseconds, 0 for none
     */
    public long waitMillis() {
        return waitMillis;
    }
}
