package io.clickthread.csv;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as a cell has it, for itself: without the column that it stands in.
 *
 * @param seconds   Unix seconds, if it is given so; else null
 * @param dayFirst  the local time if the day is written first; null if there is none
 * @param monthFirst the local time if the month is written first; null if there is none
 * @param offset    from UTC, or null
 * @param points    whether its date is written with points, as where the day is always first
 * @param fault     why it cannot be read, and what to write; or null
 */
record WrittenTime(BigDecimal seconds, LocalDateTime dayFirst, LocalDateTime monthFirst, ZoneOffset offset, boolean points,
                   String fault) {

    static final String ADVICE = "Write Unix seconds, or a time with its offset such as 2026-11-22T09:00:00Z";

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,16})(?:[.,]([0-9]{1,15}))?");
    private static final Pattern SCIENTIFIC = Pattern.compile("[0-9][.,]?[0-9]*[eE]\\+?[0-9]+");
    private static final String TIME = "(?:(?:T|,? +)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?"
            + "(?: ?([aApP])\\.? ?[mM]\\.?)?(?: ?(?:Z|(?:UTC|GMT)?([+-][0-9]{2}(?::?[0-9]{2})?)|(UTC|GMT))?)?)?";
    private static final Pattern YEAR_FIRST = Pattern.compile("([0-9]{4})([-/.])([0-9]{1,2})\\2([0-9]{1,2})" + TIME);
    private static final Pattern YEAR_LAST = Pattern.compile("([0-9]{1,2})([-/.])([0-9]{1,2})\\2([0-9]{4})" + TIME);
    private static final Pattern SHORT_YEAR = Pattern.compile("[0-9]{1,2}([-/.])[0-9]{1,2}\\1[0-9]{2}" + TIME);

    /**
     * Reads one.
     *
     * @param cell not empty
     * @return the time, or its fault
     */
    static WrittenTime read(String cell) {
        String text = CellText.plain(cell);
        if (text.length() > 60) {
            return fault("is no time. " + ADVICE);
        }
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return number(number);
        }
        Matcher date = YEAR_FIRST.matcher(text);
        boolean yearFirst = date.matches();
        if (!yearFirst && !date.usePattern(YEAR_LAST).reset().matches()) {
            return fault(SHORT_YEAR.matcher(text).matches() ? "has a year of two digits. Write all four"
                    : SCIENTIFIC.matcher(text).matches() ? "is in scientific form, in which digits are lost. " + ADVICE
                    : "is no time. " + ADVICE);
        }
        LocalTime time = time(date);
        if (time == null) {
            return fault(date.group(5) == null ? "is a day without a time of day. " + ADVICE : "is no time. " + ADVICE);
        }
        int first = Integer.parseInt(date.group(yearFirst ? 4 : 1));
        int second = Integer.parseInt(date.group(3));
        int year = Integer.parseInt(date.group(yearFirst ? 1 : 4));
        LocalDateTime dayFirst = at(year, second, first, time);
        LocalDateTime monthFirst = yearFirst ? dayFirst : at(year, first, second, time);
        if (dayFirst == null && monthFirst == null) {
            return fault("is no day of the calendar. " + ADVICE);
        }
        try {
            return new WrittenTime(null, dayFirst, monthFirst, offset(text, date), date.group(2).equals("."), null);
        } catch (DateTimeException e) {
            return fault("has an offset that no place has. " + ADVICE);
        }
    }

    /** Nine or ten digits are seconds from 1973 to 2286, thirteen are milliseconds; a spreadsheet counts days from 1900. */
    private static WrittenTime number(Matcher number) {
        int digits = number.group(1).length();
        BigDecimal given = new BigDecimal(number.group(1) + (number.group(2) == null ? "" : "." + number.group(2)));
        if (digits == 9 || digits == 10 || digits == 13) {
            BigDecimal seconds = digits == 13 ? given.movePointLeft(3) : given;
            return new WrittenTime(new BigDecimal(seconds.toBigInteger()), null, null, null, false, null);
        }
        return fault(digits == 5 ? "is a spreadsheet's number of days since 1900. Format the column as a date with its time, and "
                + "save it again" : "is neither Unix seconds nor milliseconds. " + ADVICE);
    }

    private static LocalTime time(Matcher date) {
        if (date.group(5) == null) {
            return null;
        }
        int hour = Integer.parseInt(date.group(5));
        if (date.group(8) != null) {
            if (hour < 1 || hour > 12) {
                return null;
            }
            hour = hour % 12 + (date.group(8).toLowerCase(Locale.ROOT).equals("p") ? 12 : 0);
        }
        try {
            return LocalTime.of(hour, Integer.parseInt(date.group(6)), date.group(7) == null ? 0 : Integer.parseInt(date.group(7)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalDateTime at(int year, int month, int day, LocalTime time) {
        try {
            return LocalDate.of(year, month, day).atTime(time);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ZoneOffset offset(String text, Matcher date) {
        return date.group(9) != null ? ZoneOffset.of(date.group(9))
                : date.group(10) != null || text.endsWith("Z") ? ZoneOffset.UTC : null;
    }

    private static WrittenTime fault(String fault) {
        return new WrittenTime(null, null, null, null, false, fault);
    }
}
