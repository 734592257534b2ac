package io.clickthread.source;

import io.clickthread.csv.SafeCells;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The list of a file's lines that were refused. It holds nothing open: a round that breaks off leaves nothing to close. */
final class CsvRefusals {

    private static final int BUFFER = 65_536;

    private final Path list;
    private final StringBuilder waiting = new StringBuilder();
    private int count;

    /**
     * Begins a list.
     *
     * @param list where it is written; what an earlier round left there goes
     * @throws IOException if the disk fails
     */
    CsvRefusals(Path list) throws IOException {
        this.list = list;
        Files.deleteIfExists(list);
    }

    int count() {
        return count;
    }

    /** Lists a line. */
    void add(long line, String reason) throws IOException {
        waiting.append(count == 0 ? "line,reason\n" : "").append(line).append(",\"")
                .append(SafeCells.of(reason).replace("\"", "\"\"")).append("\"\n");
        count++;
        if (waiting.length() > BUFFER) {
            write();
        }
    }

    /** Puts the whole list where it belongs. */
    void moveTo(Path target) throws IOException {
        write();
        Files.move(list, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private void write() throws IOException {
        Files.createDirectories(list.getParent());
        Files.writeString(list, waiting, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        waiting.setLength(0);
    }
}
