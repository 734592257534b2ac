package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.support.Server;
import io.clickthread.system.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** A file of the folder, line by line; and what a line comes to that fails by no fault of its own. */
class CsvFileTest {

    private static final SourceSettings.CsvFolder SETTINGS = new SourceSettings.CsvFolder(true, "", Duration.ZERO, null,
            "America/Sao_Paulo", "BR", "false");

    @TempDir
    private Path folder;

    @Test
    void theFoldersZoneAndCountryAreThoseOfItsFiles() throws IOException {
        CsvFile file = file("eventId,eventName,phone,eventTime\na,P,11 94000-0017,2026-11-25 14:30\n");
        assertThat(messages(file)).containsExactly(
                "{\"eventId\":\"a\",\"eventName\":\"P\",\"phoneE164\":\"11 94000-0017\",\"eventTime\":1795627800,\"country\":\"BR\"}");
        assertThat(file.refusals().count()).isZero();
    }

    @Test
    void aFileOfManyPiecesIsReadWholeAndItsRefusedLinesAreListedOnce() throws IOException {
        StringBuilder csv = new StringBuilder("eventId,eventName,phone,value,currency\n");
        for (int i = 0; i < 30_000; i++) {
            csv.append("e").append(i).append(",Purchase,551194000").append(i).append(i % 10 == 9 ? ",-1" : ",49.90").append(",BRL\n");
        }
        CsvFile file = file(csv.toString());
        assertThat(messages(file)).hasSize(27_000).startsWith("{\"eventId\":\"e0\",\"eventName\":\"Purchase\",\"phoneE164\":\"5511940000\","
                + "\"currency\":\"BRL\",\"value\":49.90,\"country\":\"BR\"}");
        Path list = folder.resolve("moved.csv");
        file.refusals().moveTo(list);
        assertThat(Files.readAllLines(list)).hasSize(3_001).startsWith("line,reason").allMatch(line -> line.matches("line,reason|\\d+1,\"'value'.*"));
    }

    @Test
    void aFileThatIsNoCsvOrCannotBeReadIsRefused() throws IOException {
        assertThat(file("").refusals().count()).isOne();
        assertThat(file("x\u0000y").hasNext()).isFalse();
        CsvFile gone = new CsvFile(folder.resolve("gone.csv"), new CsvRefusals(folder.resolve("l")), new ObjectMapper(), SETTINGS, id -> null);
        assertThat(gone.hasNext()).isFalse();
        assertThat(gone.refusals().count()).isOne();
    }

    @Test
    void aLineThatFailsOverAndOverIsRefusedButNotWhileTheDatabaseIsAway() throws Exception {
        CsvFolder source = Server.shared().context.getBean(CsvFolder.class);
        CsvFile file = file("eventId,eventName,phone\na,Purchase,5511\n");
        SourceMessage line = file.next();
        for (int i = 1; i < CsvFolder.MOST_TRIES; i++) {
            assertThatThrownBy(() -> source.note(file, source.failed(new IllegalStateException("x"), line)))
                    .isInstanceOf(IllegalStateException.class);
        }
        source.note(file, source.failed(new IllegalStateException("x"), line));
        assertThat(file.refusals().count()).isOne();
        for (int i = 0; i < 2 * CsvFolder.MOST_TRIES; i++) {
            assertThatThrownBy(() -> source.note(file, source.failed(new CannotGetJdbcConnectionException("x"), line)))
                    .isInstanceOf(CannotGetJdbcConnectionException.class);
        }
    }

    private CsvFile file(String text) throws IOException {
        return new CsvFile(Files.writeString(folder.resolve("f.csv"), text), new CsvRefusals(folder.resolve(".work/l.csv")),
                new ObjectMapper(), SETTINGS, id -> null);
    }

    private static List<String> messages(CsvFile file) {
        List<String> messages = new ArrayList<>();
        file.forEachRemaining(message -> messages.add(new String(message.raw())));
        return messages;
    }
}
