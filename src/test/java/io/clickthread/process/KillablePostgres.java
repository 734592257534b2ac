package io.clickthread.process;

import io.clickthread.support.Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A real PostgreSQL that keeps what it promised, with its data in a folder, and that can be killed and started again.
 * The operating system stays up: what is lost with the power is not tested.
 */
final class KillablePostgres {

    private final Path data;
    private final int port = Server.freePort();
    private EmbeddedPostgres running;

    KillablePostgres(Path folder) throws IOException {
        this.data = folder.toAbsolutePath().resolve("postgresql");
        stopLeftover();
    }

    /** Starts it; after a kill it recovers from its log first. */
    synchronized void start() {
        Awaitility.await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> {
            Files.deleteIfExists(data.resolve("epg-lock")); // which the library keeps for ever after a start that failed
            running = EmbeddedPostgres.builder().setPort(port).setDataDirectory(data).setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on").setServerConfig("max_connections", "100")
                    .setServerConfig("unix_socket_directories", "").setServerConfig("log_min_messages", "fatal")
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setPGStartupWait(Duration.ofSeconds(30)).start();
            return true;
        });
    }

    /** {@code kill -9} of every process that it consists of. */
    synchronized void kill() {
        killAll(postmaster());
        close();
    }

    /** Ends it in order. */
    synchronized void stop() {
        close();
    }

    int port() {
        return port;
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(running.getPostgresDatabase());
    }

    /** The library keeps a lock on the data until it is told to stop, even what was killed. */
    private void close() {
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stopLeftover() throws IOException {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            ProcessHandle leftover = postmaster(); // of a run of this test that was itself killed
            if (leftover != null && leftover.info().command().map(command -> command.contains("postgres")).orElse(false)) {
                killAll(leftover);
            }
        }
    }

    private ProcessHandle postmaster() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.get(0).trim())).orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of them starts new ones, so it goes first; one that is left would keep the next start from the data. */
    private static void killAll(ProcessHandle first) {
        List<ProcessHandle> all = Stream.concat(Stream.of(first), first.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }
}
