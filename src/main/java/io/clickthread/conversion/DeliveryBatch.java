package io.clickthread.conversion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Conversions of one destination on their way to Meta, under a lease: one call, unless Meta refuses it and its poison has
 * to be found. Not for several threads.
 */
public final class DeliveryBatch {

    private final long destination;
    private final String destinationState;
    private final boolean destinationFailing;
    private final long leaseNanos;
    private final Map<String, Conversion> conversions = new HashMap<>();
    private final Map<String, Long> leasedAt = new HashMap<>();
    private final Bisection<String, AttemptResult> bisection;
    private final List<AttemptResult> settled = new ArrayList<>();
    private boolean stopped;
    private boolean oneTaken;
    private boolean begun;
    private boolean handedOut;
    private DeliveryResult pending;
    private List<Conversion> call = List.of();

    /**
     * Conversions that were leased a moment ago.
     *
     * @param destination        the destination
     * @param destinationState   its state when they were leased
     * @param destinationFailing whether it counts failures or is not active
     * @param leaseNanos         how long the lease is
     * @param conversions        at least one, with the same account, dataset and test code
     */
    DeliveryBatch(long destination, String destinationState, boolean destinationFailing, long leaseNanos,
            List<Conversion> conversions) {
        this.destination = destination;
        this.destinationState = destinationState;
        this.destinationFailing = destinationFailing;
        this.leaseNanos = leaseNanos;
        conversions.forEach(this::lease);
        this.bisection = new Bisection<>(conversions.stream().map(Conversion::id).toList());
    }

    /**
     * Whether a call is to be made.
     *
     * @return false once all are settled, or if the lease of one ran out, because then somebody else looks after it
     */
    public boolean isOpen() {
        if (stopped || left().isEmpty()) {
            return false;
        }
        return left().stream().noneMatch(one -> leaseAge(one) > leaseNanos);
    }

    /**
     * The next call's conversions.
     *
     * @return at least one, in the order in which they were claimed
     */
    List<Conversion> nextCall() {
        begun = true;
        call = bisection.next().stream().map(conversions::get).toList();
        return call;
    }

    /** The conversions of the call that is under way; empty between two calls. */
    List<Conversion> call() {
        return call;
    }

    /** Whether a call was prepared, so that whoever brought this delivery must leave its conversions to it. */
    boolean isBegun() {
        return begun;
    }

    /** The call is complete and may leave from now on. */
    void handOut() {
        handedOut = true;
    }

    /** Whether a call may be on its way, its answer unknown. */
    boolean isHandedOut() {
        return handedOut;
    }

    /** The answer of the call was judged; it is to be written down. */
    void judged(DeliveryResult judgement) {
        handedOut = false;
        pending = judgement;
    }

    /** What was judged and not written down yet, or null. */
    DeliveryResult pending() {
        return pending;
    }

    /** Whether it ended before its time, so that what is left was given back. */
    boolean isStopped() {
        return stopped;
    }

    /** The claim that it was made of; null for that of a request of its own. */
    String claim() {
        return conversions.values().iterator().next().claim();
    }

    Bisection<String, AttemptResult> bisection() {
        return bisection;
    }

    /** The call was taken. The poison that this isolates, or null. */
    Bisection.Poison<String, AttemptResult> taken() {
        oneTaken = true;
        return bisection.taken();
    }

    /** Those of a conversation that are not known yet are no part of this delivery any more. */
    List<Conversion> leaveBehind(Conversion earlier) {
        List<Conversion> behind = left().stream().filter(one -> one.conversationId().equals(earlier.conversationId())).toList();
        bisection.drop(id -> behind.contains(conversions.get(id)));
        return behind;
    }

    /** What became of some that are not sent now; they are no part of this delivery any more. */
    void leaveOut(List<AttemptResult> results) {
        settled.addAll(results);
        Set<String> out = results.stream().map(result -> result.conversion().id()).collect(Collectors.toSet());
        bisection.drop(out::contains);
        call = List.of();
    }

    /** Whether Meta has taken a call of this delivery, so that its account, dataset and address are good. */
    boolean isOneTaken() {
        return oneTaken;
    }

    /** Those of whom nothing is known yet. */
    List<Conversion> left() {
        return bisection.left().stream().map(conversions::get).toList();
    }

    Conversion conversion(String id) {
        return conversions.get(id);
    }

    /** No further call is made. */
    void stop() {
        stopped = true;
    }

    /** Whether a third of its lease is over, so that it should be renewed. */
    boolean isLeaseOld(Conversion conversion) {
        return leaseAge(conversion) > leaseNanos / 3;
    }

    /** A conversion has a fresh lease, with its next attempt. */
    private void lease(Conversion conversion) {
        conversions.put(conversion.id(), conversion);
        leasedAt.put(conversion.id(), System.nanoTime());
    }

    /** What was written down: the final ones are remembered, the leases of others begin anew, and lost ones are dropped. */
    void settled(List<AttemptResult> settlements, Set<?> written) {
        pending = null;
        call = List.of();
        for (AttemptResult settlement : settlements) {
            if (!settlement.state().equals("sending")) {
                settled.add(settlement);
            } else if (written.contains(settlement.conversion().id())) {
                lease(settlement.conversion().afterAttempts(settlement.attemptsMore()));
            } else {
                bisection.drop(settlement.conversion().id()::equals);
            }
        }
    }

    /**
     * What became of the only conversion of a delivery.
     *
     * @return its settlement; null if its lease ran out before it was sent, because this server stood still
     */
    AttemptResult only() {
        return settled.isEmpty() ? null : settled.get(0);
    }

    long destination() {
        return destination;
    }

    String destinationState() {
        return destinationState;
    }

    boolean destinationFailing() {
        return destinationFailing;
    }

    private long leaseAge(Conversion conversion) {
        return System.nanoTime() - leasedAt.get(conversion.id());
    }

    @Override
    public String toString() {
        return "DeliveryBatch[" + conversions.keySet() + "]";
    }
}
