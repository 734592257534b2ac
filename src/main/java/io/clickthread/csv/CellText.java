package io.clickthread.csv;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What spreadsheets put around a value, and the many characters that look like a space, a digit, a minus or an apostrophe. */
final class CellText {

    private static final Pattern FORMULA = Pattern.compile("=\"([^\"]*)\"");

    private CellText() {
    }

    /** The text of a cell: {@code ="0012"}, written so that a spreadsheet leaves it alone, is 0012. */
    static String of(String cell) {
        if (!cell.startsWith("=")) {
            return cell;
        }
        Matcher formula = FORMULA.matcher(cell);
        return formula.matches() ? formula.group(1) : cell;
    }

    /** A number, time or phone number in the characters of ASCII as far as there are some, without the mark of a text. */
    static String plain(String text) {
        if (text.chars().allMatch(c -> c > ' ' && c < 0x80 && c != '\'')) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            plain.append(plain(text.charAt(i)));
        }
        String stripped = plain.toString().strip();
        return stripped.startsWith("'") ? stripped.substring(1).strip() : stripped;
    }

    private static char plain(char c) {
        if (c < 0x80) {
            return c;
        }
        if (Character.isSpaceChar(c)) {
            return ' ';
        }
        if (Character.isDigit(c)) {
            return (char) ('0' + Character.digit(c, 10));
        }
        return switch (c) {
            case '\u2019', '\u2018', '\u02BC', '\u2032' -> '\'';
            case '\u2212', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\uFF0D' -> '-';
            default -> c;
        };
    }
}
