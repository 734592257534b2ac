package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.conversion.Bisection.Poison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Poison in a batch: found with few calls, and nothing else suffers. */
class BisectionTest {

    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> poison = new ArrayList<>();
    private int calls;

    @Property(tries = 2000)
    void anyPoisonIsFoundInLogarithmicallyManyCallsAndEverythingElseIsTakenOnce(
            @ForAll @IntRange(min = 1, max = 1000) int size, @ForAll @IntRange(min = 0, max = 12) int poisons,
            @ForAll long seed) {
        check(size, new Random(seed).ints(poisons, 0, size).boxed().collect(java.util.stream.Collectors.toSet()));
    }

    @Property(tries = 300)
    void theSameHoldsForSmallBatchesWithAnySetOfPoisons(@ForAll @IntRange(min = 1, max = 10) int size,
                                                        @ForAll @IntRange(min = 0, max = 1023) int mask) {
        check(size, IntStream.range(0, size).filter(i -> (mask >> i & 1) == 1).boxed()
                .collect(java.util.stream.Collectors.toSet()));
    }

    @Property(tries = 500)
    void whatIsTooLargeIsHalvedAndNothingIsBlamedForIt(@ForAll @IntRange(min = 1, max = 1000) int size,
                                                       @ForAll @IntRange(min = 1, max = 1000) int fits,
                                                       @ForAll @IntRange(min = 0, max = 5) int poisons, @ForAll long seed) {
        Set<Integer> bad = new Random(seed).ints(poisons, 0, size).boxed().collect(java.util.stream.Collectors.toSet());
        Bisection<Integer, String> bisection = new Bisection<>(IntStream.range(0, size).boxed().toList());
        for (List<Integer> part = bisection.next(); !part.isEmpty(); part = bisection.next()) {
            Poison<Integer, String> found = null;
            if (part.size() > fits) {
                bisection.tooLarge();
            } else if (part.stream().noneMatch(bad::contains)) {
                taken.addAll(part);
                found = bisection.taken();
            } else {
                found = bisection.refused("no");
            }
            if (found != null) {
                poison.add(found.item());
            }
        }
        assertThat(poison).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(bad);
        assertThat(taken).doesNotHaveDuplicates().hasSize(size - bad.size()).noneMatch(bad::contains);
        taken.clear();
        poison.clear();
    }

    @Test
    void aBatchOfNothingButPoisonIsFoundAsWell() {
        check(1000, IntStream.range(0, 1000).boxed().collect(java.util.stream.Collectors.toSet()));
    }

    @Test
    void anItemThatSomebodyElseHasIsNeitherAskedForNorBlamed() {
        Bisection<Integer, String> bisection = new Bisection<>(List.of(0, 1, 2, 3));
        bisection.next();
        bisection.refused("no");
        bisection.drop(item -> item == 3); // the poison
        List<Integer> rest = bisection.next();

        assertThat(rest).containsExactly(0, 1, 2);
        assertThat(bisection.taken()).isNull();
        assertThat(bisection.left()).isEmpty();
    }

    private void check(int size, Set<Integer> bad) {
        taken.clear();
        poison.clear();
        calls = 0;
        Bisection<Integer, List<Integer>> bisection = new Bisection<>(IntStream.range(0, size).boxed().toList());
        for (List<Integer> part = bisection.next(); !part.isEmpty(); part = bisection.next()) {
            calls++;
            assertThat(bisection.left()).as("what is left holds what is asked about").containsAll(part);
            boolean good = part.stream().noneMatch(bad::contains);
            Poison<Integer, List<Integer>> found = good ? bisection.taken() : bisection.refused(List.copyOf(part));
            if (good) {
                taken.addAll(part);
            }
            if (found != null) {
                assertThat(found.why()).as("the refusal it is blamed with").contains(found.item());
                poison.add(found.item());
            }
        }
        Set<Integer> good = new HashSet<>(IntStream.range(0, size).boxed().toList());
        good.removeAll(bad);
        assertThat(taken).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(good);
        assertThat(poison).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(bad);
        int log = size == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(size - 1);
        assertThat(calls - 1).as("further calls").isLessThanOrEqualTo(bad.size() * (log + 1));
        assertThat(bisection.left()).isEmpty();
    }
}
