package io.clickthread.imports;

import io.clickthread.conversion.BulkItem;
import io.clickthread.csv.CsvLine;
import java.util.List;

/**
 * Up to 1,000 rows of a file, and where the next ones begin.
 *
 * @param importId whose
 * @param dryRun   whether nothing is stored
 * @param from     the byte it began at
 * @param position the byte behind it
 * @param line     the line behind it
 * @param skipping whether the position is within a line that is too long
 * @param keepFrom the pieces of the file before this byte are not needed any more
 * @param state    of the import after it
 * @param reason   why it failed, or null
 * @param items    the rows
 * @param numbers  of each row the line it began at
 * @param lines    of each row what it says, or null if it cannot be read
 */
public record ImportChunk(String importId, boolean dryRun, long from, long position, long line, boolean skipping, long keepFrom,
                    String state, String reason, List<BulkItem> items, List<Long> numbers, List<CsvLine> lines) {

    @Override
    public String toString() {
        return "ImportChunk[" + importId + " from " + from + "]";
    }
}
