package io.clickthread.csv;

/**
 * Finds where the records of a piece of a file end, without decoding it: LF, CRLF and CR end a line, and a line end within
 * quotes does not end a record.
 * A fault costs its own line and no more: where the quotes of a record do not match, or it is longer than
 * {@link #LONGEST}, its first line is refused and reading goes on with the next. Memory is that of the piece.
 */
final class CsvRecords {

    /** The longest record in bytes. */
    static final int LONGEST = 65_536;

    private final byte[] data;
    private final char delimiter;
    private final boolean last;
    private int position;
    private int lines;
    private boolean skipping;

    /**
     * Sets it up.
     *
     * @param data      the piece, from a position of the file on
     * @param delimiter between fields
     * @param last      whether the file ends with it
     * @param skipping  whether it begins within a line that is too long
     */
    CsvRecords(byte[] data, char delimiter, boolean last, boolean skipping) {
        this.data = data;
        this.delimiter = delimiter;
        this.last = last;
        this.skipping = skipping;
    }

    /**
     * A record, or a line that is none.
     *
     * @param start its first byte
     * @param end   behind its last one, without the line end
     * @param line  how many lines of the piece are before it
     * @param more  whether it has line ends within
     * @param whole whether a line end follows; if not, the file ends here
     * @param fault why it cannot be read, or null
     */
    record Found(int start, int end, int line, boolean more, boolean whole, String fault) {
    }

    /** Behind the last record that was found. */
    int position() {
        return position;
    }

    /** How many line ends are before the position. */
    int lines() {
        return lines;
    }

    /** Whether the position is within a line that is too long. */
    boolean skipping() {
        return skipping;
    }

    /** The next record; null if the piece ends before it does, or nothing is left. */
    Found next() {
        if (skipping) {
            skipLine();
        }
        if (skipping || position == data.length) {
            return null;
        }
        boolean fieldStart = true;
        boolean quoted = false;
        boolean closed = false;
        int breaks = 0;
        for (int i = position; i < data.length; i++) {
            byte b = data[i];
            if (i - position >= LONGEST) {
                return refuseLine("The row is longer than " + LONGEST + " bytes, or a quote in it is not closed.");
            } else if (quoted) {
                if (b == '"') {
                    quoted = false;
                    closed = true;
                } else if (b == '\n' || b == '\r' && !isAt(i + 1, '\n')) {
                    breaks++;
                }
            } else if (b == '\n' || b == '\r') {
                return isCut(i) ? null : found(i, behindBreak(i), breaks);
            } else if (b == delimiter) {
                fieldStart = true;
                closed = false;
            } else if (b == '"' && (fieldStart || closed && data[i - 1] == '"')) {
                quoted = true; // the field begins, or the quote before it was doubled
                fieldStart = false;
            } else if (closed && b != ' ') {
                return refuseLine("There is text behind a closing quote.");
            } else if (b != ' ') {
                fieldStart = false;
            }
        }
        if (!last) {
            return null;
        }
        return quoted ? refuseLine("A quote is not closed.") : found(data.length, data.length, breaks);
    }

    /**
     * Takes back a record that spans lines and makes no sense: only its first line is refused.
     *
     * @param found what {@link #next} gave last
     * @param fault why
     * @return its first line
     */
    Found refuse(Found found, String fault) {
        position = found.start();
        lines = found.line();
        return refuseLine(fault);
    }

    private Found found(int end, int next, int breaks) {
        Found found = new Found(position, end, lines, breaks > 0, next > end, null);
        lines += breaks + (next > end ? 1 : 0);
        position = next;
        return found;
    }

    private Found refuseLine(String fault) {
        Found found = new Found(position, position, lines, false, true, fault);
        skipLine();
        return found;
    }

    private void skipLine() {
        int i = position;
        while (i < data.length && data[i] != '\n' && data[i] != '\r') {
            i++;
        }
        skipping = (i == data.length || isCut(i)) && !last;
        if (i < data.length && !skipping) {
            i = behindBreak(i);
            lines++;
        }
        position = i;
    }

    private boolean isAt(int i, char wanted) {
        return i < data.length && data[i] == wanted;
    }

    /** Whether the piece may end in the middle of a CRLF. */
    private boolean isCut(int i) {
        return data[i] == '\r' && i + 1 == data.length && !last;
    }

    private int behindBreak(int i) {
        return data[i] == '\r' && isAt(i + 1, '\n') ? i + 2 : i + 1;
    }
}
