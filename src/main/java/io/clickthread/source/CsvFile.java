package io.clickthread.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.csv.CsvConversions;
import io.clickthread.csv.CsvFeed;
import io.clickthread.csv.CsvHead;
import io.clickthread.csv.CsvInput;
import io.clickthread.csv.CsvLine;
import io.clickthread.csv.CsvRows.Row;
import io.clickthread.csv.CsvSurvey;
import io.clickthread.csv.Dialect;
import io.clickthread.http.Problem;
import io.clickthread.system.SourceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * One CSV file, read twice, a piece at a time however large it is: first for what it shows of its dialect, then for its
 * rows. It is no {@code Closeable}, because a splitter closes what it reads before its last row is done.
 */
public final class CsvFile implements Iterator<SourceMessage> {

    private static final int PIECE = 262_144;

    private final Path file;
    private final ObjectMapper json;
    private final CsvRefusals refusals;
    private InputStream content;
    private CsvFeed feed;
    private CsvConversions conversions;
    private List<String> ignored = List.of();
    private SourceMessage next;
    private CsvLine nextLine;
    private long nextNumber;
    private CsvLine line;
    private long number;
    private int taken;

    /**
     * Opens a file. What cannot be read of it is refused, so that it is not brought again for ever.
     *
     * @param file     the file
     * @param refusals takes the lines that are refused
     * @param json     writes what is taken
     * @param settings of the folder
     * @param zones    the time zone of an account, which may be null
     * @throws IOException if the list of refusals cannot be written
     */
    CsvFile(Path file, CsvRefusals refusals, ObjectMapper json, SourceSettings.CsvFolder settings,
            Function<String, ZoneId> zones) throws IOException {
        this.file = file;
        this.json = json;
        this.refusals = refusals;
        try {
            CsvHead head = survey(settings, zones);
            content = CsvInput.of(Files.newInputStream(file));
            content.skipNBytes(head.end());
            next = advance();
        } catch (Problem problem) {
            refusals.add(1, problem.getMessage());
        } catch (IOException e) {
            refusals.add(1, "The file cannot be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    private CsvHead survey(SourceSettings.CsvFolder settings, Function<String, ZoneId> zones) throws IOException {
        try (InputStream whole = CsvInput.of(Files.newInputStream(file))) {
            byte[] begin = whole.readNBytes(CsvHead.ENOUGH);
            CsvHead head = CsvHead.of(begin);
            CsvSurvey survey = new CsvSurvey(head);
            survey.add(java.util.Arrays.copyOfRange(begin, head.end(), begin.length), false);
            for (byte[] piece = whole.readNBytes(PIECE); piece.length > 0; piece = whole.readNBytes(PIECE)) {
                survey.add(piece, false);
            }
            survey.add(new byte[0], true);
            Dialect dialect = survey.dialect(given(settings.timezone()), given(settings.country()));
            ignored = dialect.ignored() == null ? List.of() : dialect.ignored();
            feed = new CsvFeed(head, dialect.charset());
            conversions = new CsvConversions(head.header(), dialect, null, zones);
            return head;
        }
    }

    /** A variable that is set to nothing is not set. */
    private static String given(String setting) {
        return setting == null || setting.isBlank() ? null : setting;
    }

    Path file() {
        return file;
    }

    CsvRefusals refusals() {
        return refusals;
    }

    int taken() {
        return taken;
    }

    /** The names of columns that are not read. */
    List<String> ignored() {
        return ignored;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public SourceMessage next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        SourceMessage current = next;
        line = nextLine;
        number = nextNumber;
        try {
            next = advance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return current;
    }

    /** Counts the line that {@link #next} gave last, and lists it if it was refused. */
    void note(SourceResult result) throws IOException {
        taken += result.taken();
        if (result.isRefused()) {
            refusals.add(number, line.explain(result.refusal()));
        }
    }

    /** Gives the file back, whether it was read to its end or not. */
    void close() {
        try {
            if (content != null) {
                content.close();
            }
        } catch (IOException e) {
            return; // it was only read
        }
    }

    /** The next line that the file's own reading does not refuse; null at the end. */
    private SourceMessage advance() throws IOException {
        for (Row row = row(); row != null; row = row()) {
            nextNumber = feed.line(row);
            nextLine = row.cells() == null ? null : conversions.read(row.cells());
            if (nextLine == null) {
                refusals.add(nextNumber, row.fault());
            } else if (nextLine.refusal() != null) {
                refusals.add(nextNumber, nextLine.explain(nextLine.refusal()));
            } else {
                return message();
            }
        }
        return null;
    }

    private Row row() throws IOException {
        Row row = feed.next();
        while (row == null && content != null) {
            feed.add(piece(), content == null);
            row = feed.next();
        }
        return row;
    }

    private byte[] piece() throws IOException {
        try {
            byte[] piece = content.readNBytes(PIECE);
            if (piece.length < PIECE) {
                close();
                content = null;
            }
            return piece;
        } catch (IOException e) {
            content = null;
            refusals.add(nextNumber + 1, "From here on the file cannot be read: " + e.getClass().getSimpleName() + ".");
            return new byte[0];
        }
    }

    private SourceMessage message() throws JsonProcessingException {
        return new SourceMessage(CsvFolder.SOURCE, file.getFileName() + ", line " + nextNumber,
                json.writeValueAsBytes(nextLine.json()));
    }
}
