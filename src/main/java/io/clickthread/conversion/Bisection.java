package io.clickthread.conversion;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the poison in a batch that is refused as a whole. A part that is known to hold poison is halved; of its halves
 * only the first is asked about: if that one is taken, the poison is in the second. What was split off unseen is asked
 * about in one call, once a poison is isolated. So each poison costs at most ⌈log₂ n⌉ + 1 further calls, and everything
 * else is taken exactly once.
 *
 * @param <T> what a batch is made of
 * @param <A> why a batch was refused
 */
final class Bisection<T, A> {

    /** An item that is refused, and the answer that refused it or the smallest part with it. */
    record Poison<T, A>(T item, A why) {
        @Override
        public String toString() {
            return "Poison";
        }
    }

    private List<T> suspects = List.of(); // at least one of them is poison
    private A why;                        // refused exactly the suspects
    private List<T> unknown;              // nothing is known of them
    private List<T> asked = List.of();
    private int most = Integer.MAX_VALUE; // how many may be asked about at once

    Bisection(List<T> batch) {
        this.unknown = List.copyOf(batch);
    }

    /** The next part to ask about; empty if all is known. */
    List<T> next() {
        asked = suspects.isEmpty() ? unknown.subList(0, Math.min(most, unknown.size()))
                : suspects.subList(0, suspects.size() / 2);
        return asked;
    }

    /** The part was too large to be judged; what is asked from now on is half as large. */
    void tooLarge() {
        most = Math.max(1, asked.size() / 2);
    }

    /** The part was taken. The poison that this isolates, or null. */
    Poison<T, A> taken() {
        List<T> rest = List.copyOf(suspects.subList(Math.min(asked.size(), suspects.size()), suspects.size()));
        if (suspects.isEmpty()) {
            unknown = List.copyOf(unknown.subList(asked.size(), unknown.size()));
        }
        suspects = rest.size() > 1 ? rest : List.of();
        return rest.size() == 1 ? new Poison<>(rest.get(0), why) : null;
    }

    /** The part was refused. The poison that this isolates, or null. */
    Poison<T, A> refused(A answer) {
        if (suspects.isEmpty()) {
            unknown = List.copyOf(unknown.subList(asked.size(), unknown.size()));
        } else {
            List<T> aside = new ArrayList<>(suspects.subList(asked.size(), suspects.size()));
            aside.addAll(unknown);
            unknown = aside;
        }
        why = answer;
        suspects = asked.size() > 1 ? asked : List.of();
        return asked.size() == 1 ? new Poison<>(asked.get(0), answer) : null;
    }

    /** Everything that is neither taken nor known as poison. */
    List<T> left() {
        List<T> left = new ArrayList<>(suspects);
        left.addAll(unknown);
        return left;
    }

    /** Leaves items out that somebody else has. What was suspected without them is only unknown now. */
    void drop(Predicate<T> gone) {
        List<T> left = left();
        if (left.removeIf(gone)) {
            suspects = List.of();
            unknown = left;
        }
    }
}
