package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of each kind of wrong start as an operator sees it: a process with production settings. */
@Tag("one-jdk")
class StartProcessTest {

    /** A machine on which a good start takes longer than a third of it is given as much more. */
    private static Duration limit = Duration.ofSeconds(30);

    /** Two at a time. */
    @Test
    void aProcessThatCannotStartEndsWithOneSentenceAsItsLastLineAndWithoutAStackTrace(@TempDir Path folder) throws Exception {
        String database = Server.newDatabase();
        String sealed = Server.newDatabase(); // with the demo account, whose token the key of `local` sealed
        long began = System.nanoTime();
        Server.start(Map.of("clickthread.database.url", sealed, "clickthread.database.username", "postgres")).stop();
        Duration thrice = Duration.ofNanos(3 * (System.nanoTime() - began));
        limit = thrice.compareTo(limit) > 0 ? thrice : limit;
        try (ServerSocket taken = new ServerSocket(Server.freePort());
             ServerSocket managementTaken = new ServerSocket(Server.freePort())) {
            Map<String, List<String>> cases = Map.ofEntries(
                    of("postgres:// URL", "is not a JDBC address: write jdbc:postgresql://db:5432/clickthread, with",
                            "database.url=postgres://me:very-secret@db:5432/clickthread"),
                    of("database user", "does not let the user stranger in", "database.url=" + database,
                            "database.username=stranger"),
                    of("no database", "PostgreSQL cannot be reached at 127.0.0.1:1/clickthread for 15 seconds: ",
                            "database.url=jdbc:postgresql://127.0.0.1:1/clickthread"),
                    of("port", "port " + taken.getLocalPort() + " on 0.0.0.0 cannot be opened (", "database.url=" + database,
                            "port=" + taken.getLocalPort()),
                    of("management port", "port " + managementTaken.getLocalPort() + " on 127.0.0.1 cannot be opened (",
                            "database.url=" + database, "management-port=" + managementTaken.getLocalPort()),
                    of("host", "this machine has no address 203.0.113.7", "database.url=" + database, "host=203.0.113.7"),
                    of("encryption key", "CLICKTHREAD_ENCRYPTION_KEY does not open what is stored: ", "database.url=" + sealed),
                    of("direct:", "deliver-conversions.camel.yaml:66: no route starts from direct:update-destinatio: write direct:update-destination",
                            "database.url=" + database, "routes-dir=" + BrokenRoutes.in(folder.resolve("1"),
                                    "conversions/deliver-conversions", "direct:update-destination", "direct:update-destinatio")),
                    of("policy", "there is no routeConfiguration caller-handle: write caller-handles", "database.url=" + database,
                            "routes-dir=" + BrokenRoutes.in(folder.resolve("2"), "conversions/deliver-conversions",
                                    "routeConfigurationId: caller-handles", "routeConfigurationId: caller-handle")),
                    of("file", "capture/capture-clicks.camel.yml: this file is not loaded: ", "database.url=" + database,
                            "routes-dir=" + BrokenRoutes.in(folder.resolve("3"), "capture/capture-clicks", null, "yml")),
                    of("bean", "call-meta.camel.yaml:9: there is no bean readGraph: write readGraphAnswer",
                            "database.url=" + database, "routes-dir=" + BrokenRoutes.in(folder.resolve("4"), "conversions/call-meta",
                                    "ref: readGraphAnswer", "ref: readGraph")),
                    of("property", "capture-clicks.camel.yaml:11: ${variable.webhook.isNewz} has no isNewz: write isNew", "database.url=" + database,
                            "routes-dir=" + BrokenRoutes.in(folder.resolve("5"), "capture/capture-clicks", "webhook.isNew", "webhook.isNewz")));
            ExecutorService two = Executors.newFixedThreadPool(2);
            try {
                List<Future<?>> running = cases.entrySet().stream().<Future<?>>map(one -> two.submit(() -> {
                    ends(folder.resolve(one.getKey().replaceAll("\\W", "-")), one.getValue());
                    return null;
                })).toList();
                for (Future<?> one : running) {
                    one.get();
                }
            } finally {
                two.shutdownNow();
            }
        }
    }

    /** What is wrong, what must be said, and the settings that are not good ones. */
    private static Map.Entry<String, List<String>> of(String what, String said, String... settings) {
        return Map.entry(what, Stream.concat(Stream.of(said), Stream.of(settings)).toList());
    }

    private static void ends(Path folder, List<String> saidAndSettings) throws IOException {
        Map<String, String> all = new HashMap<>(FailedStart.GOOD);
        all.put("clickthread.database.username", "postgres");
        saidAndSettings.stream().skip(1).forEach(set ->
                all.put("clickthread." + set.substring(0, set.indexOf('=')), set.substring(set.indexOf('=') + 1)));
        ServerProcess server = ServerProcess.start(folder, all.entrySet().stream()
                .map(set -> "--" + set.getKey() + "=" + set.getValue()).toArray(String[]::new));
        Awaitility.await().atMost(limit).until(() -> {
            assertThat(FailedStart.isUp(server.readiness())).isFalse();
            return !server.isAlive();
        });
        assertThat(server.waitForEnd()).isEqualTo(1);
        List<String> lines = server.output().lines().filter(line -> !line.isBlank()).toList();
        assertThat(lines).last().asString().startsWith("Clickthread does not start: ").contains(saidAndSettings.get(0));
        assertThat(server.output()).doesNotContain("\tat ", "very-secret", "is ready", "Started", "Listening");
    }
}
