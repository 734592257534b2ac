package io.clickthread.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.http.Problems;
import io.clickthread.store.SqlStates;
import io.clickthread.system.Faults;
import io.clickthread.system.Settings;
import io.clickthread.system.SourceSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The files of a watched folder. One whose lines were all taken goes to {@code .done}; one with a refused line goes to
 * {@code .failed}, with a list of these lines beside it. A file that is read again, because the server ended in between or
 * the database is away, is counted once all the same, since each of its events has an id. Files come one after the other.
 */
@Component("csvFolder")
public class CsvFolder {

    /** The name of this source. */
    static final String SOURCE = "csv-folder";

    /** A line that fails for no known reason may be the server's fault: a stop, a bug. It does not hold its file up for ever. */
    static final int MOST_TRIES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(CsvFolder.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final ObjectMapper mapper;
    private final Accounts accounts;
    private final SourceSettings.CsvFolder settings;
    private final Clock clock;
    private CsvFile open;
    private String failedAt;
    private int tries;

    CsvFolder(ObjectMapper mapper, Accounts accounts, Settings settings, Clock clock) {
        this.mapper = mapper;
        this.accounts = accounts;
        this.settings = settings.sources().csvFolder();
        this.clock = clock;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @return its lines
     * @throws IOException if the disk fails
     */
    public synchronized CsvFile open(File file) throws IOException {
        if (open != null) {
            open.close(); // its round broke off
        }
        Path list = file.toPath().resolveSibling(".work").resolve(file.getName() + ".refused.csv");
        open = new CsvFile(file.toPath(), new CsvRefusals(list), mapper, settings, this::zone);
        return open;
    }

    private ZoneId zone(String accountId) {
        String id = accountId == null ? settings.accountId() : accountId;
        Account account = id == null ? null : accounts.find(id);
        return account == null || account.timezone() == null ? null : ZoneId.of(account.timezone());
    }

    /**
     * Notes what became of a line.
     *
     * @param file    the file
     * @param outcome a {@link SourceResult}, or what {@link #failed} gave
     * @throws Exception the failure, if the file is to be read again
     */
    public void note(CsvFile file, Object outcome) throws Exception {
        if (outcome instanceof Outcomes.Failed failed) {
            throw failed.failure();
        }
        file.note((SourceResult) outcome);
    }

    /**
     * What a line that failed by no fault of its own comes to.
     *
     * @param failure what was thrown
     * @param line    the line
     * @return a refusal, if the same line failed {@link #MOST_TRIES} times and the database was there; else the failure, with
     *         which the file is to be read again
     */
    public synchronized Object failed(Exception failure, SourceMessage line) {
        boolean isPassing = Problems.in(failure) != null || failure instanceof RuntimeException fault
                && (fault instanceof DataAccessException || !SqlStates.of(fault).isEmpty()) && !SqlStates.isDataFault(fault);
        tries = isPassing ? 0 : line.place().equals(failedAt) ? tries + 1 : 1;
        failedAt = line.place();
        if (tries < MOST_TRIES) {
            return new Outcomes.Failed(failure, true);
        }
        LOG.error("{} failed {} times: {}", line.place(), tries, Faults.trace(failure));
        return new SourceResult(line, 0, 0, "The server fails at this line (" + failure.getClass().getSimpleName()
                + "); the log has the details. Send the line again once it is repaired.");
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
        LOG.info("{}: {} taken, {} refused, columns not read: {}", file.file().getFileName(), file.taken(),
                file.refusals().count(), file.ignored());
        if (file.refusals().count() == 0) {
            return ".done/" + name;
        }
        Path folder = Files.createDirectories(file.file().resolveSibling(".failed"));
        file.refusals().moveTo(folder.resolve(name.replaceAll("(?i)\\.csv$", "") + ".refused.csv"));
        return ".failed/" + name;
    }
}
