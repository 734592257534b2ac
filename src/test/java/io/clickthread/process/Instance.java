package io.clickthread.process;

import io.clickthread.support.Proxy;
import io.clickthread.support.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A place where Clickthread runs in production's settings, as under a supervisor that starts it again. Between it and
 * the database is a line that can be cut, and its wall clock can be set.
 */
final class Instance {

    private final String name;
    private final Path folder;
    private final Proxy line;
    private final Path clock;
    private final List<String> arguments = new ArrayList<>();
    private volatile ServerProcess process;
    private boolean wanted;
    private int revivals;

    /** Not started yet; Meta knows its calls by its name in their path. */
    Instance(String name, Path folder, KillablePostgres postgres, MetaStandIn meta, String... more) throws IOException {
        this.name = name;
        this.folder = folder.resolve(name);
        this.line = new Proxy(postgres.port());
        this.clock = Files.createDirectories(this.folder).resolve("clock");
        JumpingClock.set(clock, 0);
        arguments.addAll(List.of("--clickthread.host=localhost", "--clickthread.api-key=" + Server.KEY,
                "--clickthread.encryption-key=" + "A".repeat(43) + "=", "--clickthread.meta.app-secret=" + Server.APP_SECRET,
                "--clickthread.meta.verify-token=" + Server.VERIFY_TOKEN, "--clickthread.graph.url=" + meta.url() + "/" + name,
                "--clickthread.database.url=jdbc:postgresql://127.0.0.1:" + line.port() + "/postgres",
                "--clickthread.database.username=postgres", JumpingClock.argument(clock)));
        arguments.addAll(List.of(more));
    }

    String name() {
        return name;
    }

    /** The process of now, which may be dead. */
    ServerProcess process() {
        return process;
    }

    synchronized void start() throws IOException {
        wanted = true;
        process = ServerProcess.start(folder, JumpingClock.class.getName(), arguments);
    }

    /** {@code kill -9}; nobody starts it again but {@link #start}. */
    synchronized void kill() {
        wanted = false;
        if (process != null) {
            process.kill();
        }
    }

    /** Starts it again if it ended by itself, for example because the database was away when it began. */
    synchronized void revive() throws IOException {
        if (wanted && !process.isAlive()) {
            revivals++;
            start();
        }
    }

    synchronized int revivals() {
        return revivals;
    }

    boolean isReady() {
        try {
            return process.isAlive() && process.isReady();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Proxy line() {
        return line;
    }

    void setClock(long offsetMillis) throws IOException {
        JumpingClock.set(clock, offsetMillis);
    }

    /** All that its processes printed. */
    String output() {
        return process.output();
    }

    void close() {
        kill();
        line.close();
    }
}
