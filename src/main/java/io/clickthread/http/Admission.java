package io.clickthread.http;

import io.clickthread.system.HttpSettings;
import io.clickthread.system.Settings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How much may be under way at once. Requests to the API may hold all workers but a few, so that webhooks find one while
 * Meta hangs; some more wait for a worker; requests of any kind and the bytes of their bodies have a limit. What is above
 * one is refused at once, and whoever asked comes again: that costs less than a queue in which everybody gets old. What one of
 * them holds is its {@link Ticket}.
 *
 * <p>Every count is changed under one lock, this object's, which is held for some additions: four times a request, and far from being
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

    private final int requestLimit;
    private final int workerLimit;
    private final int waitingLimit;
    private final BodyMemory memory;

    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private final Map<Limit, Long> refused = new EnumMap<>(Limit.class);
    private int requests;
    private int working;

    Admission(Settings settings) {
        HttpSettings http = settings.http();
        this.requestLimit = http.requests();
        this.workerLimit = Math.max(1, http.workers() - http.webhookWorkers());
        this.waitingLimit = http.waiting();
        this.memory = new BodyMemory(http.bodyMemoryBytes(), http.maxBodyBytes());
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
        Limit full = full(api);
        return full == null && !memory.hasRoom(declared) ? Limit.BODIES : full;
    }

    /** The same without its body; under the lock. */
    Limit full(boolean api) {
        if (requests >= requestLimit) {
            return Limit.REQUESTS;
        }
        return api && working >= workerLimit && waiting.size() >= waitingLimit ? Limit.WORKERS : null;
    }

    /**
     * For one request, or other work that needs a worker. It holds nothing yet.
     *
     * @param api whether it counts as a request to the API
     * @return a new ticket
     */
    Ticket ticket(boolean api) {
        return new Ticket(this, api);
    }

    /** What bodies and answers take; to be asked under the lock. */
    BodyMemory memory() {
        return memory;
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
        return memory.bytes();
    }

    /** Bytes of answers that their clients have not taken. */
    synchronized long unsent() {
        return memory.unsent();
    }

    /**
     * Answers wait to be sent, or have been. They are in memory like bodies, and leave them as much less room.
     *
     * @param more how many bytes more wait, or, negative, less
     */
    synchronized void unsent(long more) {
        memory.unsent(more);
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

    /**
     * Counts a request for which there is room; under the lock, as are the methods below.
     *
     * @param ticket its ticket
     * @param api    whether it is one to the API
     * @return whether it has a worker; else it waits for one
     */
    boolean enter(Ticket ticket, boolean api) {
        requests++;
        if (api && working >= workerLimit) {
            waiting.add(ticket);
            return false;
        }
        if (api) {
            working++;
        }
        return true;
    }

    /** A request no longer waits. */
    void withdraw(Ticket ticket) {
        waiting.remove(ticket);
        requests--;
    }

    /**
     * A request has ended.
     *
     * @param api whether it was one to the API
     * @return the one that has its worker now, or null
     */
    Ticket end(boolean api) {
        requests--;
        if (!api) {
            return null;
        }
        Ticket next = waiting.poll();
        if (next == null) {
            working--;
        }
        return next;
    }
}
