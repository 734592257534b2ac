package io.clickthread.http;

/**
 * What one request holds of what {@link Admission} counts. It gives everything back once, whoever says so first and however often it
 * is said. Its state is changed under the lock of the counts; work is run outside it.
 */
final class Ticket {

    private enum Stage { READING, WAITING, WORKING, OVER }

    private final Admission admission;
    private final boolean api;
    private Stage stage = Stage.READING;
    private long held;
    private long heldParsed;
    private Runnable start;
    private boolean abandoned;
    private Runnable stop;

    /**
     * Holds nothing yet.
     *
     * @param admission what it is counted by
     * @param api       whether it counts as a request to the API
     */
    Ticket(Admission admission, boolean api) {
        this.admission = admission;
        this.api = api;
    }

    /**
     * Takes room for a piece of the body. Only what has arrived counts: who announces much and sends little holds little.
     *
     * @param more its length
     * @return false if there is none
     */
    boolean hold(int more) {
        synchronized (admission) {
            if (stage != Stage.READING || !admission.memory().hold(more)) {
                return false;
            }
            held += more;
            return true;
        }
    }

    /**
     * The body is there. It is counted as what it will be once it is parsed, which depends on what is in it and not
     * on its length; one is always let through, or the largest would never be.
     *
     * @param memory what it will take, in bytes
     * @return false if there is no room
     */
    boolean parse(long memory) {
        synchronized (admission) {
            if (stage != Stage.READING || !admission.memory().parse(memory)) {
                return false;
            }
            heldParsed += memory;
            return true;
        }
    }

    /**
     * Asks for a worker.
     *
     * @param work is called at once, or later by the thread that gave a worker back; it must not block
     * @return null if it was or will be called, else what there is too much of
     */
    Admission.Limit enter(Runnable work) {
        synchronized (admission) {
            if (stage != Stage.READING) {
                return null; // the client has gone
            }
            Admission.Limit full = admission.full(api);
            if (full != null) {
                return admission.refuse(full);
            }
            if (!admission.enter(this, api)) {
                stage = Stage.WAITING;
                start = work;
                return null;
            }
            stage = Stage.WORKING;
        }
        work.run();
        return null;
    }

    /**
     * The client has gone. Work that has begun goes on, and holds its worker until it is done, unless it can be stopped.
     */
    void abandon() {
        giveBack(false);
        Runnable stopping;
        synchronized (admission) {
            abandoned = true;
            stopping = stop;
            stop = null;
        }
        if (stopping != null) {
            stopping.run();
        }
    }

    /**
     * From now on, nothing is left to do but to send to the client.
     *
     * @param end ends the work if the client goes, or has gone
     */
    void stopIfAbandoned(Runnable end) {
        synchronized (admission) {
            if (!abandoned) {
                stop = end;
                return;
            }
        }
        end.run();
    }

    /** Everything is done: gives all back and lets the next one in. */
    void leave() {
        giveBack(true);
    }

    private void giveBack(boolean workIsDone) {
        Ticket next = null;
        synchronized (admission) {
            if (stage == Stage.WORKING && !workIsDone) {
                return;
            }
            if (stage == Stage.WAITING) {
                admission.withdraw(this);
            } else if (stage == Stage.WORKING) {
                next = admission.end(api);
            }
            stage = Stage.OVER;
            admission.memory().release(held, heldParsed);
            held = 0;
            heldParsed = 0;
            if (next != null) {
                next.stage = Stage.WORKING;
            }
        }
        if (next != null) {
            next.start.run();
        }
    }
}
