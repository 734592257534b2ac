package io.clickthread.csv;

import io.clickthread.csv.CsvRecords.Found;
import io.clickthread.http.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of a file: a byte order mark, Excel's line {@code sep=;}, and the header.
 *
 * @param header what the header says
 * @param marked whether the file begins with UTF-8's byte order mark
 * @param end    the first byte behind the header
 * @param lines  how many line ends are before it
 */
public record CsvHead(CsvHeader header, boolean marked, int end, int lines) {

    /** How many bytes of the file are enough to read it. */
    public static final int ENOUGH = CsvRecords.LONGEST + 64;

    private static final Pattern SEPARATOR = Pattern.compile("(?i)\"?sep=([^\\r\\n])\"?[,;\\t|]*(\\r\\n|\\r|\\n|$)");

    /**
     * Reads it.
     *
     * @param begin the first {@link #ENOUGH} bytes that {@link CsvInput} gives, or the whole file
     * @return what it says
     * @throws Problem 400 if it has no header that can be used
     */
    public static CsvHead of(byte[] begin) {
        boolean last = begin.length < ENOUGH;
        if (begin.length > 3 && begin[0] == 'P' && begin[1] == 'K' && begin[2] < 5 && begin[3] < 6) {
            throw CsvHeader.refused("The file is a workbook or an archive; save the sheet as CSV and send that.");
        }
        boolean marked = begin.length >= 3 && begin[0] == (byte) 0xEF && begin[1] == (byte) 0xBB && begin[2] == (byte) 0xBF;
        int start = marked ? 3 : 0;
        Matcher separator = SEPARATOR.matcher(new String(begin, start, Math.min(80, begin.length - start),
                StandardCharsets.ISO_8859_1));
        boolean named = separator.lookingAt();
        int from = named ? start + separator.end() : start;
        byte[] rest = Arrays.copyOfRange(begin, from, begin.length);
        if (named && !CsvHeader.DELIMITERS.contains(separator.group(1).charAt(0))) {
            throw CsvHeader.refused("The line sep= names a delimiter that is not read.");
        }
        char delimiter = named ? separator.group(1).charAt(0) : delimiter(rest, last);
        CsvRecords records = new CsvRecords(rest, delimiter, last, false);
        Found found = records.next();
        String text = found == null || found.fault() != null ? "" : text(rest, found).strip();
        if (text.isEmpty()) {
            throw CsvHeader.refused(found != null && found.fault() != null ? "The file's first line cannot be read: "
                    + found.fault() : "The file has no header.");
        }
        return new CsvHead(CsvHeader.of(text, delimiter), marked, from + records.position(), records.lines() + (named ? 1 : 0));
    }

    /** The delimiter decides where quotes count, and so where the row ends; the row decides the delimiter. */
    private static char delimiter(byte[] rest, boolean last) {
        for (char candidate : CsvHeader.DELIMITERS) {
            Found found = new CsvRecords(rest, candidate, last, false).next();
            if (found != null && found.fault() == null && CsvHeader.delimiter(text(rest, found)) == candidate) {
                return candidate;
            }
        }
        return ',';
    }

    private static String text(byte[] bytes, Found found) {
        String text = CsvRows.decode(bytes, found, StandardCharsets.UTF_8);
        text = text == null ? CsvRows.decode(bytes, found, Charset.forName("windows-1252")) : text;
        if (text.indexOf(0) >= 0) { // PostgreSQL does not store it
            throw CsvHeader.refused("The file's first line is no text.");
        }
        return text;
    }

    @Override
    public String toString() {
        return "CsvHead[" + header + "]"; // the rest is a person's
    }
}
