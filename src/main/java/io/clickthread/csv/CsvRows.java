package io.clickthread.csv;

import io.clickthread.csv.CsvRecords.Found;
import io.clickthread.http.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of a piece of a file. Empty rows, and rows of delimiters only, are no rows. A row may have empty fields more or
 * less than the header at its end, because spreadsheets write them so; any other number is a fault.
 */
public final class CsvRows {

    static final Charset WINDOWS = Charset.forName("windows-1252");

    private final byte[] data;
    private final CsvHeader header;
    private final Charset charset;
    private final CsvRecords records;
    private final int least;
    private int inUtf8;
    private int inWindows;

    /**
     * Sets it up.
     *
     * @param data     the piece, from a position behind the header on
     * @param last     whether the file ends with it
     * @param skipping whether it begins within a line that is too long
     * @param header   of the file
     * @param charset  of the file; null: each row is read as UTF-8, and as Windows-1252 if it is not
     */
    public CsvRows(byte[] data, boolean last, boolean skipping, CsvHeader header, Charset charset) {
        this.data = data;
        this.header = header;
        this.charset = charset;
        this.records = new CsvRecords(data, header.delimiter(), last, skipping);
        this.least = header.least();
    }

    /**
     * A row.
     *
     * @param line  how many lines of the piece are before it
     * @param cells its fields, as many as the header has; null if it cannot be read
     * @param fault why it cannot be read, or null
     */
    public record Row(int line, String[] cells, String fault) {
        @Override
        public String toString() {
            return "Row[" + line + "]";
        }
    }

    /**
     * Reads on.
     *
     * @return the next row; null if the piece ends before it does, or nothing is left
     */
    public Row next() {
        for (Found found = records.next(); found != null; found = records.next()) {
            if (found.fault() != null) {
                return new Row(found.line(), null, found.fault());
            }
            String text = text(found);
            if (text == null) {
                return refused(found, "The row is not UTF-8, as the rest of the file is.");
            }
            if (!isEmpty(text)) {
                return row(found, text);
            }
        }
        return null;
    }

    private Row row(Found found, String text) {
        String[] cells;
        try {
            cells = CsvFields.read(text, header.delimiter());
        } catch (Problem problem) {
            return refused(found, problem.getMessage());
        }
        int wanted = header.names().size();
        if (cells.length > wanted && Arrays.stream(cells, wanted, cells.length).anyMatch(cell -> !cell.isEmpty())) {
            return refused(found, "It has more columns than the first line, " + cells.length + " instead of " + wanted
                    + ". Put a value in quotes if it contains the delimiter, for example \"49,90\".");
        }
        if (cells.length < least || cells.length < wanted && !found.whole()) {
            return refused(found, "The row has " + cells.length + " fields, the header " + wanted + ".");
        }
        String[] all = Arrays.copyOf(cells, wanted);
        for (int i = cells.length; i < wanted; i++) {
            all[i] = "";
        }
        return new Row(found.line(), all, null);
    }

    /** What spans lines and makes no sense is most likely a quote that was not closed: the lines behind it may be good. */
    private Row refused(Found found, String fault) {
        if (found.more()) {
            records.refuse(found, fault);
        }
        return new Row(found.line(), null, fault);
    }

    private boolean isEmpty(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != header.delimiter() && c != '"' && !Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                return false;
            }
        }
        return true;
    }

    private String text(Found found) {
        if (isAscii(found)) {
            return new String(data, found.start(), found.end() - found.start(), StandardCharsets.US_ASCII);
        }
        if (charset != null) {
            return decode(data, found, charset);
        }
        String text = decode(data, found, StandardCharsets.UTF_8);
        inUtf8 += text == null ? 0 : 1;
        inWindows += text == null ? 1 : 0;
        return text == null ? decode(data, found, WINDOWS) : text;
    }

    private boolean isAscii(Found found) {
        for (int i = found.start(); i < found.end(); i++) {
            if (data[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The text of a record; null if it is not in this charset. Windows-1252 takes every byte. */
    static String decode(byte[] data, Found found, Charset charset) {
        if (charset != StandardCharsets.UTF_8) {
            return new String(data, found.start(), found.end() - found.start(), charset);
        }
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(data, found.start(), found.end() - found.start())).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** How many rows had other characters than those of ASCII, and were UTF-8. */
    int inUtf8() {
        return inUtf8;
    }

    /** How many rows were not UTF-8. */
    int inWindows() {
        return inWindows;
    }

    /**
     * Where the next row begins.
     *
     * @return the first byte of the piece that is not read
     */
    public int position() {
        return records.position();
    }

    /**
     * Counts lines.
     *
     * @return how many line ends are before the position
     */
    public int lines() {
        return records.lines();
    }

    /**
     * Whether the position is within a line that is too long.
     *
     * @return true if the rest of a line is to be passed over
     */
    public boolean skipping() {
        return records.skipping();
    }
}
