package io.clickthread.http;

import io.clickthread.system.Settings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How much may be under way at once. Requests to the API may hold all workers but a few, so that webhooks find one while
 * Meta hangs; some more wait for a worker; requests of any kind and the bytes of their bodies have a limit. What is above
 * one is refused at once, and whoever asked comes again: that costs less than a queue in which everybody gets old.
 *
 * <p>Every count is changed under one lock, which is held for some additions: four times a request, and far from being
 * contended at what one machine can answer. In return, the counts are exact.
 */
@Component
class Admission {

    /** What there is too much of. */
    enum Limit {
        /** Requests that wait or are worked on. */
        REQUESTS,
        /** Requests to the API that wait for a worker. */
        WORKERS,
        /** Bytes of bodies. */
        BODIES
    }

    private enum Stage { READING, WAITING, WORKING, OVER }

    private static final int SHARE_OF_HEAP = 16; // a body is copied and parsed, so it takes several times its size
    private static final int SHARE_OF_HEAP_PARSED = 4;

    private final int requestLimit;
    private final int workerLimit;
    private final int waitingLimit;
    private final long byteLimit;
    private final long parsedLimit = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP_PARSED;

    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private final Map<Limit, Long> refused = new EnumMap<>(Limit.class);
    private int requests;
    private int working;
    private long bytes;
    private long unsent;
    private long parsed;

    Admission(Settings settings) {
        Settings.Http http = settings.http();
        this.requestLimit = http.requests();
        this.workerLimit = Math.max(1, http.workers() - http.webhookWorkers());
        this.waitingLimit = http.waiting();
        long share = http.bodyMemoryBytes() > 0 ? http.bodyMemoryBytes() : Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        this.byteLimit = Math.max(share, http.maxBodyBytes()); // or the largest body would never be taken
    }

    /**
     * Looks before a body is read, so that the refusal costs nothing but its answer. What has room now may have none once
     * its body is there.
     *
     * @param api      whether it is a request to the API
     * @param declared the length of its body, 0 if it is not known
     * @return null if there is room, else what there is too much of
     */
    synchronized Limit full(boolean api, long declared) {
        if (requests >= requestLimit) {
            return Limit.REQUESTS;
        }
        if (api && working >= workerLimit && waiting.size() >= waitingLimit) {
            return Limit.WORKERS;
        }
        return bytes + unsent + declared > byteLimit ? Limit.BODIES : null;
    }

    /**
     * For one request, or other work that needs a worker. It holds nothing yet.
     *
     * @param api whether it counts as a request to the API
     * @return a new ticket
     */
    Ticket ticket(boolean api) {
        return new Ticket(api);
    }

    /** Requests that wait or are worked on. */
    synchronized int requests() {
        return requests;
    }

    /** Requests to the API that wait for a worker. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Requests to the API that hold a worker. */
    synchronized int working() {
        return working;
    }

    /** Bytes of bodies that are held. */
    synchronized long bytes() {
        return bytes;
    }

    /** Bytes of answers that their clients have not taken. */
    synchronized long unsent() {
        return unsent;
    }

    /**
     * Answers wait to be sent, or have been. They are in memory like bodies, and leave them as much less room.
     *
     * @param more how many bytes more wait, or, negative, less
     */
    synchronized void unsent(long more) {
        unsent += more;
    }

    /** How many were refused since the start. */
    synchronized long refused(Limit limit) {
        return refused.getOrDefault(limit, 0L);
    }

    /**
     * Counts a refusal.
     *
     * @param limit what there is too much of
     * @return the same
     */
    synchronized Limit refuse(Limit limit) {
        refused.merge(limit, 1L, Long::sum);
        return limit;
    }

    /** What one request holds. It gives everything back once, whoever says so first and however often it is said. */
    final class Ticket {

        private final boolean api;
        private Stage stage = Stage.READING;
        private long held;
        private long heldParsed;
        private Runnable start;
        private boolean abandoned;
        private Runnable stop;

        private Ticket(boolean api) {
            this.api = api;
        }

        /**
         * Takes room for a piece of the body. Only what has arrived counts: who announces much and sends little holds little.
         *
         * @param more its length
         * @return false if there is none
         */
        boolean hold(int more) {
            synchronized (Admission.this) {
                if (stage != Stage.READING) {
                    return false;
                }
                if (bytes + unsent + more > byteLimit) {
                    return false;
                }
                bytes += more;
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
            synchronized (Admission.this) {
                if (stage != Stage.READING) {
                    return false;
                }
                if (parsed > 0 && parsed + memory > parsedLimit) {
                    return false;
                }
                parsed += memory;
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
        Limit enter(Runnable work) {
            synchronized (Admission.this) {
                if (stage != Stage.READING) {
                    return null; // the client has gone
                }
                if (requests >= requestLimit) {
                    return refuse(Limit.REQUESTS);
                }
                if (api && working >= workerLimit) {
                    if (waiting.size() >= waitingLimit) {
                        return refuse(Limit.WORKERS);
                    }
                    requests++;
                    stage = Stage.WAITING;
                    start = work;
                    waiting.add(this);
                    return null;
                }
                requests++;
                begin();
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
            synchronized (Admission.this) {
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
            synchronized (Admission.this) {
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
            synchronized (Admission.this) {
                if (stage == Stage.WORKING && !workIsDone) {
                    return;
                }
                if (stage == Stage.WAITING) {
                    waiting.remove(this);
                    requests--;
                } else if (stage == Stage.WORKING) {
                    requests--;
                    if (api) {
                        working--;
                        next = waiting.poll();
                    }
                }
                stage = Stage.OVER;
                bytes -= held;
                held = 0;
                parsed -= heldParsed;
                heldParsed = 0;
                if (next != null) {
                    next.begin();
                }
            }
            if (next != null) {
                next.start.run();
            }
        }

        private void begin() {
            stage = Stage.WORKING;
            if (api) {
                working++;
            }
        }
    }
}
