package io.clickthread.process;

import io.clickthread.process.MetaStandIn.Mood;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Breaks everything that can break, several things at a time, and mends it after a while. */
final class Nemesis {

    private static final long HOUR = 3_600_000;

    private interface Deed {
        void run() throws IOException;
    }

    /** No two faults of the same target run at once. */
    private record Fault(String name, String target, int minMillis, int maxMillis, Deed begin, Deed mend) {
    }

    private final Random random;
    private final List<Instance> instances;
    private final KillablePostgres postgres;
    private final MetaStandIn meta;
    private final Map<String, Integer> counts = Collections.synchronizedMap(new TreeMap<>());
    private final CountDownLatch never = new CountDownLatch(1);

    Nemesis(Random random, List<Instance> instances, KillablePostgres postgres, MetaStandIn meta) {
        this.random = random;
        this.instances = instances;
        this.postgres = postgres;
        this.meta = meta;
    }

    /** One cycle: something dies, up to three other things go wrong beside it; returns once all is mended. */
    void strike() {
        List<Fault> chosen = new ArrayList<>(deadly());
        List<Fault> others = others();
        Collections.shuffle(others, random);
        for (Fault fault : others.subList(0, random.nextInt(4))) {
            if (chosen.stream().noneMatch(one -> one.target().equals(fault.target()))) {
                chosen.add(fault);
            }
        }
        CompletableFuture.allOf(chosen.stream().map(this::run).toArray(CompletableFuture[]::new)).join();
    }

    /** How often it did what. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** Mostly one process is left to serve, because a start takes longer than everything else here. */
    private List<Fault> deadly() {
        int dice = random.nextInt(100);
        List<Instance> ready = new ArrayList<>(instances.stream().filter(Instance::isReady).toList());
        Collections.shuffle(ready, random);
        if (dice < 8) {
            return instances.stream().map(this::kill).toList();
        }
        if (dice < 20) {
            return List.of(kill(instances.get(random.nextInt(instances.size())))); // in the middle of its start, perhaps
        }
        return dice < 70 && ready.size() > 1 ? List.of(kill(ready.get(0)))
                : List.of(new Fault("PostgreSQL killed", "postgres", 0, 1000, postgres::kill, postgres::start));
    }

    private Fault kill(Instance instance) {
        return new Fault("process killed", instance.name(), 0, 1500, instance::kill, instance::start);
    }

    private List<Fault> others() {
        List<Fault> faults = new ArrayList<>();
        for (Instance instance : instances) {
            ServerProcess process = instance.process();
            faults.add(new Fault("process frozen", instance.name(), 300, 4500, () -> process.freeze(true),
                    () -> process.freeze(false)));
            faults.add(new Fault("database cut off", "line " + instance.name(), 100, 2000, instance.line()::cut,
                    instance.line()::mend));
            long offset = random.nextLong(-3 * HOUR, 3 * HOUR);
            faults.add(new Fault("clock jumped", "clock " + instance.name(), 500, 3000, () -> instance.setClock(offset),
                    () -> instance.setClock(0)));
        }
        for (Mood mood : Mood.values()) {
            if (mood != Mood.NORMAL) {
                faults.add(new Fault("Meta: " + mood.name().toLowerCase(), "meta", 200, 2500, () -> meta.be(mood),
                        () -> meta.be(Mood.NORMAL)));
            }
        }
        return faults;
    }

    private CompletableFuture<Void> run(Fault fault) {
        long delay = random.nextLong(0, 300);
        long life = random.nextLong(fault.minMillis(), fault.maxMillis());
        return CompletableFuture.runAsync(() -> {
            try {
                never.await(delay, TimeUnit.MILLISECONDS);
                counts.merge(fault.name(), 1, Integer::sum);
                fault.begin().run();
                never.await(life, TimeUnit.MILLISECONDS);
                fault.mend().run();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, task -> new Thread(task, "nemesis").start());
    }
}
