package io.clickthread.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL from a binary, with its data in a folder that stays. It is as durable as any other: fsync and
 * synchronous commit are on, which the library would switch off for tests.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final FolderLock lock;
    private final EmbeddedPostgres postgres;

    /**
     * Starts it, and first stops one that a killed process left behind on the same data.
     *
     * @param folder where the data is, or will be; the program's files are unpacked there as well, because a folder that
     *               all users share belongs to the first of them
     */
    EmbeddedDatabase(Path folder) throws IOException {
        Path home = folder.toAbsolutePath().normalize();
        Path data = home.resolve("postgresql");
        this.lock = new FolderLock(home);
        EmbeddedPostgres started = null;
        try {
            OrphanedPostgres.stop(data);
            started = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(home.resolve("program").toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false) // it would stop the database while requests are still in flight
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("unix_socket_directories", "") // TCP on loopback is enough
                    .setServerConfig("log_min_messages", "fatal")
                    .setPGStartupWait(Duration.ofSeconds(60)) // recovery after a crash takes its time
                    .start();
        } finally {
            if (started == null) {
                lock.close();
            }
        }
        this.postgres = started;
        LOG.debug("PostgreSQL runs on port {} with its data in {}", postgres.getPort(), data);
    }

    /** The address for JDBC; there is no password, and PostgreSQL listens on loopback only. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        lock.close();
    }
}
