package io.clickthread.csv;

import io.clickthread.csv.CsvRows.Row;
import java.nio.charset.StandardCharsets;

/** The first pass over a file: what its rows, all together, show of how it is written. It keeps no row. */
public final class CsvSurvey {

    private final CsvHead head;
    private final CsvFeed feed;
    private final int value;
    private final int eventTime;
    private final AmountColumn amounts = new AmountColumn();
    private final TimeColumn times = new TimeColumn();

    /**
     * Begins.
     *
     * @param head the beginning of the file
     */
    public CsvSurvey(CsvHead head) {
        this.head = head;
        this.feed = new CsvFeed(head, null);
        this.value = head.header().fields().indexOf("value");
        this.eventTime = head.header().fields().indexOf("eventTime");
    }

    /**
     * Looks at what comes next in the file.
     *
     * @param bytes the first ones are behind the header
     * @param last  whether the file ends with them
     */
    public void add(byte[] bytes, boolean last) {
        feed.add(bytes, last);
        for (Row row = feed.next(); row != null; row = feed.next()) {
            if (row.cells() != null) {
                look(row.cells());
            }
        }
    }

    private void look(String[] cells) {
        if (value >= 0 && !cells[value].isEmpty()) {
            amounts.look(Amount.read(CellText.of(cells[value])));
        }
        if (eventTime >= 0 && !cells[eventTime].isEmpty()) {
            times.look(WrittenTime.read(CellText.of(cells[eventTime])));
        }
    }

    /**
     * What was found, once the whole file was added.
     *
     * @param timezone of times without an offset, or null
     * @param country  of phone numbers without a country code, or null
     * @return how to read the file
     */
    public Dialect dialect(String timezone, String country) {
        boolean windows = !head.marked() && feed.isWindows();
        return new Dialect(windows ? CsvRows.WINDOWS.name() : StandardCharsets.UTF_8.name(),
                String.valueOf(head.header().delimiter()), amounts.decimalSign(), amounts.thirds(), times.dateOrder(), timezone,
                country, head.header().ignored());
    }
}
