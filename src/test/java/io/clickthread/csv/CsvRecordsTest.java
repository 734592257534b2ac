package io.clickthread.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.csv.CsvRecords.Found;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Where records end, whatever is in them and wherever a piece of the file ends. */
class CsvRecordsTest {

    @Test
    void aLineEndWithinQuotesIsPartOfTheRecord() {
        assertThat(read("a,\"b\nc\"\r\nd\n")).containsExactly("0:a,\"b\nc\"", "2:d");
    }

    @Test
    void aDoubledQuoteDoesNotCloseTheField() {
        assertThat(read("\"a\"\"\n\"\"b\",c\n\"\"\"\"\n\"\"\nd")).containsExactly("0:\"a\"\"\n\"\"b\",c", "2:\"\"\"\"",
                "3:\"\"", "4:d");
    }

    @Test
    void aQuoteWithinAFieldIsJustACharacter() {
        assertThat(read("5\" screen,b\nc\n")).containsExactly("0:5\" screen,b", "1:c");
    }

    @Test
    void aQuoteThatIsNotClosedCostsItsLine() {
        assertThat(read("\"a\nb\nc")).containsExactly("0:!", "1:b", "2:c");
    }

    @Test
    void textBehindAClosingQuoteCostsItsLine() {
        assertThat(read("\"a\"b\nc\n\"d\" ,e\n")).containsExactly("0:!", "1:c", "2:\"d\" ,e");
    }

    @Test
    void aLongRecordCostsItsFirstLine() {
        assertThat(read("\"" + "x".repeat(CsvRecords.LONGEST) + "\"\nb\n")).containsExactly("0:!", "1:b");
        assertThat(read("\"a\n" + "x\n".repeat(CsvRecords.LONGEST)).subList(0, 3)).containsExactly("0:!", "1:x", "2:x");
    }

    @Property(tries = 300)
    void whereverPiecesEndTheRecordsAreTheSame(@ForAll("files") String file, @ForAll @IntRange(min = 1, max = 7) int more) {
        byte[] all = file.getBytes(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        int position = 0;
        int lines = 0;
        boolean skipping = false;
        for (int end = Math.min(more, all.length); position < all.length; end = Math.min(end + more, all.length)) {
            byte[] piece = java.util.Arrays.copyOfRange(all, position, end);
            CsvRecords records = new CsvRecords(piece, ',', end == all.length, skipping);
            read(records, piece, lines, found);
            position += records.position();
            lines += records.lines();
            skipping = records.skipping();
        }
        assertThat(found).isEqualTo(read(file));
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.strings().withChars("ab,\"\n\r ").ofMaxLength(60);
    }

    private static List<String> read(String file) {
        byte[] data = file.getBytes(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        read(new CsvRecords(data, ',', true, false), data, 0, found);
        return found;
    }

    private static void read(CsvRecords records, byte[] data, int lines, List<String> into) {
        for (Found found = records.next(); found != null; found = records.next()) {
            into.add(lines + found.line() + ":" + (found.fault() != null ? "!"
                    : new String(data, found.start(), found.end() - found.start(), StandardCharsets.UTF_8)));
        }
    }
}
