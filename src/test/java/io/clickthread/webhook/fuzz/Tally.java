package io.clickthread.webhook.fuzz;

import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What came of the webhooks so far. */
final class Tally {

    /** Answers by provider and status. */
    final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    /** What must not be. */
    final Queue<String> faults = new ConcurrentLinkedQueue<>();
    /** The intact clicks that must be in the ledger, each as {@link Shot#bit}; a million of them take no memory. */
    final BitSet intact = new BitSet();
    /** The clicks that must be in the ledger or their webhooks in quarantine, each as {@link Shot#number}. */
    final BitSet nested = new BitSet();
    final AtomicLong slowestNanos = new AtomicLong();
    private final LongAdder bytes = new LongAdder();
    private final long began = System.nanoTime();

    void answered(Shot shot, long number, int status, long nanos, boolean isSigned) {
        answers.computeIfAbsent(shot.target().sample().provider() + " " + status, key -> new LongAdder()).increment();
        bytes.add(shot.body().length);
        slowestNanos.accumulateAndGet(nanos, Math::max);
        synchronized (intact) {
            shot.intact().forEach(click -> intact.set(Shot.bit(click)));
            if (shot.nested() != null && isSigned) {
                nested.set(Shot.number(shot.nested()));
            }
        }
        if (status != (isSigned ? 200 : 401)) {
            fault(shot, number, "answered " + status);
        }
        if (nanos > Duration.ofSeconds(5).toNanos()) {
            fault(shot, number, "answered after " + nanos / 1_000_000 + " ms");
        }
    }

    void fault(Shot shot, long number, String what) {
        if (faults.size() < 20) {
            String body = new String(shot.body(), 0, Math.min(shot.body().length, 2_000), java.nio.charset.StandardCharsets.UTF_8);
            faults.add("webhook " + number + " of " + shot.target().sample().provider() + ": " + what + ": " + body);
        }
    }

    String report(long seed, long webhooks) {
        double seconds = (System.nanoTime() - began) / 1e9;
        Runtime runtime = Runtime.getRuntime();
        return String.format("Fuzz: seed %d, %d webhooks (%d MB) in %.0f s, %.0f a second, slowest %d ms, heap limit %d MB, "
                        + "%d intact clicks, %d in other places%n  answers %s", seed, webhooks, bytes.sum() >> 20, seconds, webhooks / seconds,
                slowestNanos.get() / 1_000_000, runtime.maxMemory() >> 20, intact.cardinality(), nested.cardinality(), answers);
    }
}
