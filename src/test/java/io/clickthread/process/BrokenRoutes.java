package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The project's own routes with one thing broken. */
final class BrokenRoutes {

    private BrokenRoutes() {
    }

    /** Copies them to a folder and writes one text for another in a file; without a text, the file gets another ending. */
    static Path in(Path folder, String name, String from, String to) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(Path.of("routes").relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path file = folder.resolve(name + ".camel.yaml");
        if (from == null) {
            Files.move(file, folder.resolve(name + ".camel." + to));
        } else {
            assertThat(Files.readString(file)).contains(from);
            Files.writeString(file, Files.readString(file).replace(from, to));
        }
        return folder;
    }
}
