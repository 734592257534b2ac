package io.clickthread.csv;

/** What the dates of a column have shown: whether day or month is written first. */
final class TimeColumn {

    static final String DAY_FIRST = "day-first";
    static final String MONTH_FIRST = "month-first";

    private boolean dayFirst;
    private boolean monthFirst;

    /** Looks at one more time of the column. */
    void look(WrittenTime time) {
        dayFirst |= time.dayFirst() != null && time.monthFirst() == null;
        monthFirst |= time.monthFirst() != null && time.dayFirst() == null;
    }

    /** {@code day-first}, {@code month-first}, {@code mixed}, or null if no date shows it. */
    String dateOrder() {
        return dayFirst && monthFirst ? Dialect.MIXED : dayFirst ? DAY_FIRST : monthFirst ? MONTH_FIRST : null;
    }
}
