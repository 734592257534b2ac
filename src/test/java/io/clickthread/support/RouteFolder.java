package io.clickthread.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of the project's routes, with routes of one's own beside them. */
public final class RouteFolder {

    private RouteFolder() {
    }

    /**
     * Copies the routes.
     *
     * @param folder where to
     * @param custom files of {@code routes/custom}, by their names
     * @return the folder
     */
    public static Path copy(Path folder, Map<String, String> custom) {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.startsWith("routes/custom")).toList()) {
                Path copy = folder.resolve(Path.of("routes").relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
            Path own = Files.createDirectories(folder.resolve("custom"));
            for (Map.Entry<String, String> file : custom.entrySet()) {
                Files.writeString(own.resolve(file.getKey()), file.getValue());
            }
            RouteCoverage.countCopy(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
