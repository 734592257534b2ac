package io.clickthread.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Commits what many threads bring at the same time in one transaction, as databases do with their own log: whoever
 * comes while a commit is under way waits and goes with the next one. Alone, a caller waits for nobody; under load, the
 * price of a commit and of a statement is shared by all who wait. There is no window of waiting and no extra thread.
 * The price: a caller's thread is parked until its group is durable.
 *
 * @param <T> what is written
 * @param <R> what the writing gives back for a whole group
 */
public final class GroupCommit<T, R> {

    private final Queue<Entry<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore writers;
    private final int batch;
    private final Function<List<T>, R> write;
    private final Predicate<RuntimeException> isFaultOfAnItem;

    /**
     * Sets it up.
     *
     * @param writers         how many groups may be written at once
     * @param batch           how many items a group takes at most, unless one caller brings more
     * @param write           makes the items durable, all or none, or throws
     * @param isFaultOfAnItem whether a failure lies in one of the items, so that the others deserve another try
     */
    public GroupCommit(int writers, int batch, Function<List<T>, R> write,
                Predicate<RuntimeException> isFaultOfAnItem) {
        this.writers = new Semaphore(writers);
        this.batch = batch;
        this.write = write;
        this.isFaultOfAnItem = isFaultOfAnItem;
    }

    /**
     * Makes items durable.
     *
     * @param items at least one
     * @return what the write gave back for the group that these items went with
     * @throws RuntimeException what the write threw, if it concerns these items
     */
    public R append(List<T> items) {
        Entry<T, R> mine = new Entry<>(items, Thread.currentThread());
        waiting.add(mine);
        while (!mine.done) {
            if (writers.tryAcquire()) {
                try {
                    commitNext();
                } finally {
                    writers.release();
                    wakeNext(); // after the release, so that whoever was added meanwhile either got the permit or is seen
                }
            } else {
                LockSupport.park(this);
            }
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
        return mine.result;
    }

    private void wakeNext() {
        Entry<T, R> next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    private void commitNext() {
        List<Entry<T, R>> group = new ArrayList<>();
        int size = 0;
        while (size < batch) {
            Entry<T, R> next = waiting.poll();
            if (next == null) {
                break;
            }
            group.add(next);
            size += next.items.size();
        }
        if (!group.isEmpty()) {
            commit(group);
        }
    }

    private void commit(List<Entry<T, R>> group) {
        List<T> items = new ArrayList<>();
        group.forEach(entry -> items.addAll(entry.items));
        R result = null;
        RuntimeException failure = null;
        try {
            result = write.apply(items);
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new IllegalStateException(e);
        }
        if (failure != null && group.size() > 1 && isFaultOfAnItem.test(failure)) {
            group.forEach(entry -> commit(List.of(entry)));
            return;
        }
        for (Entry<T, R> entry : group) {
            entry.finish(result, failure);
        }
    }

    private static final class Entry<T, R> {
        private final List<T> items;
        private final Thread thread;
        private R result;
        private RuntimeException failure;
        private volatile boolean done; // written last: publishes the two above

        private Entry(List<T> items, Thread thread) {
            this.items = items;
            this.thread = thread;
        }

        private void finish(R outcome, RuntimeException problem) {
            result = outcome;
            failure = problem;
            done = true;
            LockSupport.unpark(thread);
        }
    }
}
