package io.clickthread.csv;

import java.util.regex.Pattern;

/** Cells of files that people open with a spreadsheet. */
public final class SafeCells {

    private static final Pattern FORMULA = Pattern.compile("^(?=[\\t\\r\\n])|(?:^|(?<=;))(?=[\\p{Z}\\p{C}\"]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

    private SafeCells() {
    }

    /**
     * A text that no spreadsheet runs as a formula. Programs skip what cannot be seen in front of one, some know the wide signs of East
     * Asian writing, and one that separates cells by semicolons begins a new cell behind each.
     *
     * @param text what a cell is to hold, or null
     * @return the text, with an apostrophe wherever it, or what follows a semicolon in it, begins like a formula
     */
    public static String of(String text) {
        return text == null ? null : FORMULA.matcher(text).replaceAll("'");
    }
}
