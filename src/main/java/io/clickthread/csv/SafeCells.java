package io.clickthread.csv;

/** Cells of files that people open with a spreadsheet. */
public final class SafeCells {

    private SafeCells() {
    }

    /**
     * A text that no spreadsheet runs as a formula.
     *
     * @param text what a cell is to hold, or null
     * @return the text, behind an apostrophe if it begins like a formula
     */
    public static String of(String text) {
        return text == null || text.isEmpty() || "=+-@\t\r\n".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }
}
