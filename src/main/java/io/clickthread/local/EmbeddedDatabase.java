package io.clickthread.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL from a binary, with its data in a folder that stays. It is as durable as any other: fsync and
 * synchronous commit are on, which the library would switch off for tests.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final EmbeddedPostgres postgres;

    /**
     * Starts it, and first stops one that a killed process left behind on the same data.
     *
     * @param folder where the data is, or will be
     */
    EmbeddedDatabase(Path folder) throws IOException {
        Path data = folder.toAbsolutePath().normalize().resolve("postgresql");
        Files.createDirectories(folder);
        stopOrphan(data);
        this.postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false) // it would stop the database while requests are still in flight
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("log_min_messages", "fatal")
                .setPGStartupWait(Duration.ofSeconds(60)) // recovery after a crash takes its time
                .start();
        LOG.info("PostgreSQL runs on port {} with its data in {}", postgres.getPort(), data);
    }

    /** The address for JDBC; there is no password, and PostgreSQL listens on loopback only. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    private static void stopOrphan(Path data) throws IOException {
        Path lock = data.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        List<String> lines = Files.readAllLines(lock, StandardCharsets.UTF_8);
        Optional<ProcessHandle> orphan = lines.isEmpty() ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).trim())).filter(EmbeddedDatabase::isPostgres);
        if (orphan.isEmpty()) {
            Files.delete(lock); // its process is gone; PostgreSQL recovers from its log
            return;
        }
        LOG.info("Stopping the PostgreSQL that an earlier run left behind");
        orphan.get().destroy(); // SIGTERM: it ends once its last client has gone
        try {
            orphan.get().onExit().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException("Another PostgreSQL, process " + orphan.get().pid() + ", uses " + data
                    + ". Is Clickthread running twice in this folder?", e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(command -> command.contains("postgres")).orElse(true);
    }
}
