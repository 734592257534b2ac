package io.clickthread.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Many threads, few commits: each caller gets the outcome of its own items. */
class GroupCommitTest {

    private static final class Poison extends RuntimeException {
    }

    private static final class Away extends RuntimeException {
    }

    @Property(tries = 60)
    void everyItemIsWrittenOnceAndOnlyPoisonFails(
            @ForAll @Size(min = 1, max = 24) List<@IntRange(min = 0, max = 6) Integer> callers,
            @ForAll @IntRange(min = 1, max = 3) int writers, @ForAll @IntRange(min = 1, max = 8) int batch)
            throws Exception {
        Set<String> written = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        GroupCommit<String, Integer> commits = new GroupCommit<>(writers, batch, items -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                if (items.stream().anyMatch(item -> item.startsWith("poison"))) {
                    throw new Poison();
                }
                items.forEach(item -> twice.addAndGet(written.add(item) ? 0 : 1));
                return items.size();
            } finally {
                now.decrementAndGet();
            }
        }, Poison.class::isInstance);

        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < callers.size(); i++) {
            boolean poisonous = callers.get(i) == 0;
            List<String> items = new ArrayList<>(List.of(i + ".first"));
            for (int j = 0; j < callers.get(i); j++) {
                items.add(i + "." + j);
            }
            if (poisonous) {
                items.add("poison");
            }
            tasks.add(() -> poisonous ? fails(commits, items) : commits.append(items) >= items.size());
        }
        ExecutorService threads = Executors.newFixedThreadPool(callers.size());
        try {
            for (Future<Boolean> outcome : threads.invokeAll(tasks, 20, TimeUnit.SECONDS)) {
                assertThat(outcome.isCancelled()).as("a caller that is never woken").isFalse();
                assertThat(outcome.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        int expected = callers.stream().filter(size -> size > 0).mapToInt(size -> size + 1).sum();
        assertThat(written).hasSize(expected);
        assertThat(twice).as("items written twice").hasValue(0);
        assertThat(most.get()).isLessThanOrEqualTo(writers);
    }

    @Test
    void aFaultThatIsNoItemsFaultFailsTheWholeGroupWithoutAnotherTry() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupCommit<String, Void> commits = new GroupCommit<>(1, 100, items -> {
            writes.incrementAndGet();
            if (items.contains("blocks")) {
                started.countDown();
                await(go);
                return null;
            }
            throw new Away();
        }, Poison.class::isInstance);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<?> blocking = threads.submit(() -> commits.append(List.of("blocks")));
            await(started);
            List<Future<?>> others = new ArrayList<>();
            List<Thread> waiting = new java.util.concurrent.CopyOnWriteArrayList<>();
            for (int i = 0; i < 5; i++) {
                String item = "item " + i;
                others.add(threads.submit(() -> {
                    waiting.add(Thread.currentThread());
                    commits.append(List.of(item));
                }));
            }
            org.awaitility.Awaitility.await().until(() -> waiting.size() == 5
                    && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
            go.countDown();
            blocking.get(10, TimeUnit.SECONDS);
            for (Future<?> other : others) {
                assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(Away.class);
            }
            assertThat(writes).as("the blocking group and that of all who waited").hasValue(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anErrorWakesItsCallerAndTheNextOneWorks() {
        AtomicInteger writes = new AtomicInteger();
        GroupCommit<String, String> commits = new GroupCommit<>(1, 10, items -> {
            if (writes.getAndIncrement() == 0) {
                throw new StackOverflowError("deep");
            }
            return "written";
        }, Poison.class::isInstance);

        assertThatThrownBy(() -> commits.append(List.of("a"))).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(commits.append(List.of("b"))).isEqualTo("written");
    }

    @Test
    void aCallerWithMoreThanABatchGoesInOnePiece() {
        GroupCommit<Integer, Integer> commits = new GroupCommit<>(1, 2, List::size, Poison.class::isInstance);

        assertThat(commits.append(List.of(1, 2, 3, 4, 5))).isEqualTo(5);
    }

    private static boolean fails(GroupCommit<String, Integer> commits, List<String> items) {
        assertThatThrownBy(() -> commits.append(items)).isInstanceOf(Poison.class);
        return true;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
