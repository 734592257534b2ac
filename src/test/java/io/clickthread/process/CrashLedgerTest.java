package io.clickthread.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Everything dies, again and again, while the world goes on sending; at the end the books must balance. Of any length:
 * {@code mvn -Pcrash verify -Dcycles=200}, with {@code -Dseed} for the faults of an earlier run (their moments differ all
 * the same) and {@code -Dunknown=resend} to see events doubled that {@code hold} would not double.
 */
class CrashLedgerTest {

    private static final int CYCLES = Integer.getInteger("cycles", 10);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int ENOUGH = 15;
    private static final Path FOLDER = Path.of("target/crash-ledger");

    @Test
    void whatWasAcknowledgedIsNeverLostAndMetaCountsNothingTwice() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Random random = new Random(SEED);
        try (Cluster cluster = new Cluster(FOLDER, 15, arguments());
             Ledger ledger = new Ledger(FOLDER.resolve("ledger.tsv"))) {
            List<Traffic.Target> targets = List.of(cluster.connect(), cluster.connect());
            Traffic traffic = new Traffic(ledger, cluster.instances(), targets);
            Nemesis nemesis = new Nemesis(random, cluster.instances(), cluster.postgres, cluster.meta);
            traffic.start(random);
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                awaitPromises(cluster, ledger, ledger.size() + ENOUGH); // each fault meets traffic
                nemesis.strike();
                if (cycle % 10 == 9) {
                    System.out.println("Crash ledger: " + (cycle + 1) + " cycles, " + ledger.size() + " promises");
                }
            }
            cluster.awaitReady();
            traffic.finish();
            Store store = new Store(cluster.postgres.jdbc());
            boolean isQuiet = awaitQuiet(store);
            Checker.Findings findings = Checker.check(ledger.promises(), store.read(cluster.a.process(), targets),
                    cluster.meta.arrivals());
            Unknowns unknowns = Unknowns.of(store.unknown(), cluster.meta.arrivals().keySet(), cluster.living());

            String report = new Report(SEED, CYCLES, Duration.ofNanos(System.nanoTime() - began), nemesis.counts(),
                    cluster.instances(), ledger.promises(), traffic, store.states(), cluster.meta, findings,
                    unknowns).toString();
            System.out.println(report);
            Files.writeString(FOLDER.resolve("report.txt"), report);
            SoftAssertions.assertSoftly(all -> {
                all.assertThat(isQuiet).as("everything became final, now that all is mended").isTrue();
                all.assertThat(findings).as(report).isEqualTo(new Checker.Findings());
                all.assertThat(unknowns.ofLiving()).as(report).isEmpty();
                all.assertThat(traffic.refusals()).as("refused requests").isEmpty();
            });
        }
    }

    private static void awaitPromises(Cluster cluster, Ledger ledger, int enough) {
        Awaitility.await().atMost(Cluster.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            for (Instance instance : cluster.instances()) {
                instance.revive();
            }
            return ledger.size() >= enough;
        });
    }

    private static boolean awaitQuiet(Store store) {
        try {
            Awaitility.await().atMost(Cluster.PATIENCE).pollInterval(Duration.ofMillis(200))
                    .until(() -> store.unfinished() == 0);
            return true;
        } catch (ConditionTimeoutException e) {
            return false; // the checker says which
        }
    }

    private static String[] arguments() {
        return Stream.concat(Stream.of("lease=3s", "lease-check=300ms", "poll=100ms", "retry-delays=200ms,400ms,800ms",
                "breaker-delays=200ms,400ms", "probe-delays=200ms,400ms", "unknown=" + System.getProperty("unknown", "hold"))
                .map(setting -> "--clickthread.delivery." + setting), Stream.of("--clickthread.graph.response-timeout=1s",
                "--clickthread.database.connection-timeout-millis=1000")).toArray(String[]::new);
    }
}
