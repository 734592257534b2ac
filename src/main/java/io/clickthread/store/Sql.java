package io.clickthread.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements of {@code src/main/resources/sql} for the few callers that are not routes. */
public final class Sql {

    private Sql() {
    }

    /**
     * Reads one statement.
     *
     * @param name the file's name without {@code .sql}
     * @return its text
     * @throws IllegalArgumentException if there is none of this name
     */
    public static String read(String name) {
        try (InputStream file = Sql.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (file == null) {
                throw new IllegalArgumentException("No sql/" + name + ".sql");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
