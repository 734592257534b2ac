package io.clickthread.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The files of a watched folder. One whose lines were all taken goes to {@code .done}; one with a refused line goes to
 * {@code .failed}, with a list of these lines beside it. A file that is read again, because the server ended in between,
 * is counted once all the same, since each of its events has an id.
 */
@Component("csvFolder")
public class CsvFolder {

    /** The name of this source. */
    static final String SOURCE = "csv-folder";

    private static final Logger LOG = LoggerFactory.getLogger(CsvFolder.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final ObjectMapper mapper;
    private final Clock clock;

    CsvFolder(ObjectMapper mapper, Clock clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @return its lines
     * @throws IOException if the disk fails
     */
    public CsvFile open(File file) throws IOException {
        return new CsvFile(file.toPath(), file.toPath().resolveSibling(".work/" + file.getName() + ".refused.csv"), mapper);
    }

    /**
     * Notes what became of a line.
     *
     * @param file   the file
     * @param result what became of it
     * @throws IOException if the disk fails
     */
    public void note(CsvFile file, SourceResult result) throws IOException {
        file.note(result);
    }

    /**
     * Closes a file once all its lines were tried, and puts the list of those that were refused where the file goes.
     *
     * @param file the file
     * @return where to move the file, relative to its folder
     * @throws IOException if the disk fails
     */
    public String finish(CsvFile file) throws IOException {
        file.close();
        String name = STAMP.format(clock.instant()) + "-" + file.file().getFileName();
        LOG.info("{}: {} taken, {} refused", file.file().getFileName(), file.taken(), file.refused());
        if (file.refused() == 0) {
            return ".done/" + name;
        }
        Path folder = Files.createDirectories(file.file().resolveSibling(".failed"));
        Files.move(file.list(), folder.resolve(name.replaceAll("(?i)\\.csv$", "") + ".refused.csv"),
                StandardCopyOption.REPLACE_EXISTING);
        return ".failed/" + name;
    }
}
