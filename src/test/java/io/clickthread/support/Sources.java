package io.clickthread.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java files of the program itself, for rules that read them: what is packed, and the simulator. */
public final class Sources {

    /** What the jar has. */
    public static final Path MAIN = Path.of("src/main/java");
    /** What stands in Meta's place beside it. */
    public static final Path SIMULATOR = Path.of("src/simulator/java");

    private Sources() {
    }

    /** All of them, in the same order each time. */
    public static List<Path> java() {
        return Stream.of(MAIN, SIMULATOR).flatMap(root -> below(root, ".java").stream()).toList();
    }

    /** The files below a folder whose names end so. */
    public static List<Path> below(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
