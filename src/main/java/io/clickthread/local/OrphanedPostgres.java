package io.clickthread.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL whose Clickthread was killed, so that nobody stopped it. */
final class OrphanedPostgres {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPostgres.class);

    private OrphanedPostgres() {
    }

    /**
     * Stops the one that runs on some data, if there is one. What it had committed is there afterwards.
     *
     * @param data its folder, which nobody else uses now
     * @throws IOException if it does not stop
     */
    static void stop(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = process(Files.readAllLines(pidFile, StandardCharsets.UTF_8), data);
        if (orphan.isEmpty()) {
            Files.delete(pidFile); // its process is gone; PostgreSQL recovers from its log
            return;
        }
        LOG.info("Stopping the PostgreSQL that an earlier run left behind");
        orphan.get().destroy(); // SIGTERM: it ends once its last client has gone, and the last client was killed
        try {
            orphan.get().onExit().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException("PostgreSQL, process " + orphan.get().pid() + ", still uses " + data
                    + " and does not stop. End that process, then start again.", e);
        }
    }

    /** The process of the file's first line, unless its number went to a program that is not this PostgreSQL. */
    private static Optional<ProcessHandle> process(List<String> lines, Path data) {
        return lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                .filter(process -> process.info().command().map(command -> command.contains("postgres")).orElse(true))
                .filter(process -> process.info().arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(data.toString())).orElse(true));
    }
}
