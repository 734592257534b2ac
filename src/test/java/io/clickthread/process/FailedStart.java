package io.clickthread.process;

import io.clickthread.ClickthreadApplication;
import io.clickthread.start.StartFailures;
import io.clickthread.support.Server;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.SpringApplication;

/**
 * A start in this JVM that is meant to fail, through the same door as in a process.
 *
 * @param reasons  what the process would print, the last line of it first
 * @param time     how long it took
 * @param wasReady whether readiness ever said UP meanwhile
 */
record FailedStart(List<String> reasons, Duration time, boolean wasReady) {

    /** All that production must be told and `local` brings along. */
    static final Map<String, String> GOOD = Map.of(
            "clickthread.api-key", Server.KEY,
            "clickthread.encryption-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "clickthread.meta.app-secret", Server.APP_SECRET,
            "clickthread.meta.verify-token", Server.VERIFY_TOKEN);

    /** What takes the place of the profile `local`. */
    static final Map<String, String> PRODUCTION = Map.of("spring.profiles.active", "");

    /** Starts on a new, empty database with these changes to good settings. */
    static FailedStart with(Map<String, String> changes) throws InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "spring.profiles.active", "local",
                "clickthread.port", Integer.toString(Server.freePort()),
                "clickthread.management-port", Integer.toString(Server.freePort()),
                "clickthread.graph.url", "http://127.0.0.1:1",
                "clickthread.database.username", "postgres"));
        if (!changes.containsKey("clickthread.database.url")) {
            all.put("clickthread.database.url", Server.newDatabase());
        }
        all.putAll(changes);
        if (all.get("spring.profiles.active").isEmpty()) {
            GOOD.forEach(all::putIfAbsent);
        }
        String readiness = "http://127.0.0.1:" + all.get("clickthread.management-port") + "/actuator/health/readiness";
        AtomicBoolean ready = new AtomicBoolean();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        watch.scheduleWithFixedDelay(() -> ready.compareAndSet(false, isUp(readiness)), 0, 10, TimeUnit.MILLISECONDS); // a start that fails must end while it is asked
        long began = System.nanoTime();
        try {
            new SpringApplication(ClickthreadApplication.class).run(all.entrySet().stream()
                    .map(set -> "--" + set.getKey() + "=" + set.getValue()).toArray(String[]::new)).close();
            throw new AssertionError("It started");
        } catch (RuntimeException e) {
            Duration time = Duration.ofNanos(System.nanoTime() - began);
            return new FailedStart(StartFailures.reasons(e), time, ready.get());
        } finally {
            watch.shutdownNow();
            watch.awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    /** Whether readiness says that the server is ready. */
    static boolean isUp(String readiness) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create(readiness).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(1000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
