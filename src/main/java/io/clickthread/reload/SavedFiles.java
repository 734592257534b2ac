package io.clickthread.reload;

import io.clickthread.start.LoadedRoutes;
import io.clickthread.system.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Notices that route files were saved, in the profile {@code local} only. It looks at times and sizes twice a second: the JDK's own
 * watch takes up to ten seconds on macOS and hears nothing of a folder that a container has mounted.
 */
@Component
@Profile("local")
@ConditionalOnProperty("clickthread.routes-reload")
class SavedFiles implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(SavedFiles.class);
    private static final long LOOK_MILLIS = 500;

    private final List<Path> folders;
    private final RouteReload routes;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("routes-reload-"));
    private Map<Path, List<Object>> seen = Map.of();
    private boolean settled;

    SavedFiles(LoadedRoutes loaded, RouteReload routes) {
        this.folders = loaded.folders();
        this.routes = routes;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (!folders.isEmpty()) { // the routes of the jar cannot be edited
            LOG.info("Saved routes take effect at once: {}", folders);
            thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** A change takes effect once nothing more changed for one look: editors write in pieces, git writes many files. */
    private void look() {
        try {
            Map<Path, List<Object>> now = stamps();
            if (!now.equals(seen)) {
                seen = now;
                settled = false;
            } else if (!settled) {
                settled = true;
                routes.reload();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("A file went away while it was looked at; the next look sees that", e);
        } catch (RuntimeException e) {
            LOG.warn("Routes were not reloaded: {}", Faults.trace(e));
        }
    }

    private Map<Path, List<Object>> stamps() throws IOException {
        Map<Path, List<Object>> stamps = new HashMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(one -> one.toString().matches(".*\\.ya?ml")).toList()) {
                    BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
                    stamps.put(file, List.of(of.lastModifiedTime(), of.size()));
                }
            }
        }
        return stamps;
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(10, TimeUnit.SECONDS);
    }
}
