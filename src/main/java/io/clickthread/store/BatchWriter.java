package io.clickthread.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Commits in one transaction what many bring at the same time, as databases do with their own log: what comes while all writers
 * are busy goes with the next group. What comes alone waits for nothing and changes no thread. A group that the data of one
 * of its members makes fail is written again in halves, so that faulty rows cost their neighbours nothing but time.
 */
final class BatchWriter {

    /** How often a group is written again because another transaction was faster; more than once is seldom needed. */
    private static final int RACES = 10;

    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final Function<List<Object[]>, List<List<Map<String, Object>>>> statement;
    private final Semaphore writers;
    private final int batchSize;
    private final Executor threads;

    /**
     * Told what becomes of the rows: an answer for each of them, or why none was written. Nothing waits for the thread that tells
     * the last of a group that was written in the background, so this one may go on there ({@code mayStay}).
     */
    interface Outcome {
        void done(List<Answer> answers, RuntimeException failure, boolean mayStay);
    }

    /** What the statement gave back for a row, or why this row alone was refused. */
    record Answer(List<Map<String, Object>> rows, RuntimeException refusal) {
        @Override
        public String toString() {
            return "Answer[]"; // what is in it may be a person's
        }
    }

    private record Entry(List<Object[]> rows, boolean independent, Outcome outcome) {
        @Override
        public String toString() {
            return "Entry[" + rows.size() + " rows]"; // what is in them may be a person's
        }
    }

    private record Written(Entry entry, List<Answer> answers, RuntimeException failure) {
        @Override
        public String toString() {
            return "Written[" + entry + "]";
        }
    }

    /**
     * Sets it up.
     *
     * @param statement makes rows durable, all or none, and answers for each of them
     * @param writers   how many groups may be written at once
     * @param batchSize how many rows a group takes at most, unless one entry has more
     * @param threads   runs the writing of what came while all writers were busy
     */
    BatchWriter(Function<List<Object[]>, List<List<Map<String, Object>>>> statement, int writers, int batchSize, Executor threads) {
        this.statement = statement;
        this.writers = new Semaphore(writers);
        this.batchSize = batchSize;
        this.threads = threads;
    }

    /**
     * Has rows written with the next group. If a writer is free, the calling thread is it, which saves a change of threads, and
     * mostly tells the outcome before this returns; else a thread of the writer's tells it, and the next group does not wait for it.
     *
     * @param rows        at least one
     * @param independent whether each of them is written or refused by itself; else all or none of them are written
     * @param outcome     is told once
     */
    void add(List<Object[]> rows, boolean independent, Outcome outcome) {
        waiting.add(new Entry(rows, independent, outcome));
        if (writers.tryAcquire()) {
            writeNext(false);
        }
    }

    private void startWriter() {
        // An entry added after the look at the queue is seen by whoever added it, or by the writer that has the permit.
        if (!waiting.isEmpty() && writers.tryAcquire()) {
            try {
                threads.execute(() -> writeNext(true));
            } catch (RuntimeException | Error e) { // none is left for it, so this one goes on
                writeNext(false);
            }
        }
    }

    private void writeNext(boolean inBackground) {
        List<Written> written = new ArrayList<>();
        try {
            List<Entry> group = next();
            if (!group.isEmpty()) {
                write(group, written);
            }
        } finally {
            writers.release();
            try {
                startWriter();
            } finally { // what was written is told whatever becomes of the next group
                for (int i = 0; i < written.size(); i++) {
                    Written one = written.get(i);
                    one.entry().outcome().done(one.answers(), one.failure(), inBackground && i == written.size() - 1);
                }
            }
        }
    }

    private List<Entry> next() {
        List<Entry> group = new ArrayList<>();
        for (int rows = 0; rows < batchSize; ) {
            Entry entry = waiting.poll();
            if (entry == null) {
                break;
            }
            group.add(entry);
            rows += entry.rows().size();
        }
        return group;
    }

    private void write(List<Entry> group, List<Written> written) {
        List<Object[]> rows = new ArrayList<>();
        group.forEach(entry -> rows.addAll(entry.rows()));
        List<Answer> answers;
        try {
            answers = group.size() == 1 && group.get(0).independent() ? writeIndependent(rows) : answers(rows);
        } catch (RuntimeException e) {
            if (group.size() > 1 && SqlStates.isDataFault(e)) {
                int middle = group.size() / 2;
                write(group.subList(0, middle), written);
                write(group.subList(middle, group.size()), written);
            } else {
                group.forEach(entry -> written.add(new Written(entry, null, e)));
            }
            return;
        } catch (Error e) {
            RuntimeException failure = new IllegalStateException(e);
            group.forEach(entry -> written.add(new Written(entry, null, failure)));
            return;
        }
        int from = 0;
        for (Entry entry : group) {
            int to = from + entry.rows().size();
            written.add(new Written(entry, answers.subList(from, to), null));
            from = to;
        }
    }

    private List<Answer> writeIndependent(List<Object[]> rows) {
        try {
            return answers(rows);
        } catch (RuntimeException e) {
            if (!SqlStates.isDataFault(e)) {
                throw e;
            }
            if (rows.size() == 1) {
                return List.of(new Answer(List.of(), e));
            }
        }
        int middle = rows.size() / 2;
        List<Answer> answers = new ArrayList<>(writeIndependent(rows.subList(0, middle)));
        try {
            answers.addAll(writeIndependent(rows.subList(middle, rows.size())));
        } catch (RuntimeException e) {
            throw SqlStates.storedInPart(e);
        }
        return answers;
    }

    private List<Answer> answers(List<Object[]> rows) {
        return execute(rows).stream().map(found -> new Answer(found, null)).toList();
    }

    private List<List<Map<String, Object>>> execute(List<Object[]> rows) {
        for (int race = 1; ; race++) {
            try {
                return statement.apply(rows);
            } catch (RuntimeException e) {
                if (race > RACES || !SqlStates.isRace(e)) {
                    throw e;
                }
            }
            // Not all at once again: up to 64 ms, and nothing before the second race.
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L << Math.min(race, 6)) * (race > 1 ? 1 : 0));
        }
    }
}
