package io.clickthread.csv;

import io.clickthread.csv.CsvRows.Row;
import java.nio.charset.Charset;
import java.util.Arrays;

/** The rows of a file that comes in pieces; a row may be spread over several. Memory is that of a piece and of the longest row. */
public final class CsvFeed {

    private final CsvHeader header;
    private final Charset charset;
    private CsvRows rows;
    private byte[] piece = new byte[0];
    private long lines;
    private int inUtf8;
    private int inWindows;

    /**
     * Sets it up.
     *
     * @param head    the beginning of the file
     * @param charset as for {@link CsvRows}
     */
    public CsvFeed(CsvHead head, Charset charset) {
        this.header = head.header();
        this.charset = charset;
        this.lines = head.lines() + 1L;
        this.rows = new CsvRows(piece, false, false, header, charset);
    }

    /**
     * Adds what comes next in the file.
     *
     * @param bytes behind those that were added before; the first ones are behind the header
     * @param last  whether the file ends with them
     */
    public void add(byte[] bytes, boolean last) {
        int left = piece.length - rows.position();
        byte[] all = Arrays.copyOfRange(piece, rows.position(), piece.length + bytes.length);
        System.arraycopy(bytes, 0, all, left, bytes.length);
        lines += rows.lines();
        inUtf8 += rows.inUtf8();
        inWindows += rows.inWindows();
        rows = new CsvRows(all, last, rows.skipping(), header, charset);
        piece = all;
    }

    /**
     * Reads on.
     *
     * @return the next row; null until more is added
     */
    public Row next() {
        return rows.next();
    }

    /**
     * Where a row is.
     *
     * @param row of {@link #next}, which was the last call
     * @return its first line, from 1
     */
    public long line(Row row) {
        return lines + row.line();
    }

    /** Whether more rows with other characters than ASCII's were something else than UTF-8. */
    boolean isWindows() {
        return inWindows + rows.inWindows() > inUtf8 + rows.inUtf8();
    }
}
