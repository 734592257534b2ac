package io.clickthread.csv;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The time of a row. One without an offset is refused, unless a time zone is known; so is one that the zone's clocks showed
 * twice or never, because the hour after a change of clocks could be either.
 */
final class TimeCell {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final Dialect dialect;
    private final RowFaults faults;

    TimeCell(Dialect dialect, RowFaults faults) {
        this.dialect = dialect;
        this.faults = faults;
    }

    /**
     * Reads it.
     *
     * @param json takes {@code eventTime}, Unix seconds
     * @param cell not empty
     * @param zone of times without an offset, or null; asked only for such a time
     */
    void put(ObjectNode json, String cell, Supplier<ZoneId> zone) {
        WrittenTime time = WrittenTime.read(cell);
        if (time.fault() != null) {
            faults.add("eventTime", time.fault() + ".");
        } else if (time.seconds() != null) {
            json.put("eventTime", time.seconds());
        } else {
            LocalDateTime local = local(time);
            if (local == null) {
                faults.add("eventTime", "may be " + day(time.dayFirst()) + " or " + day(time.monthFirst()) + ", and no other date "
                        + "of the column shows which. Write " + ISO.format(time.dayFirst()) + " or "
                        + ISO.format(time.monthFirst()) + ".");
            } else {
                putLocal(json, local, time.offset(), zone);
            }
        }
    }

    private LocalDateTime local(WrittenTime time) {
        if (time.dayFirst() == null || time.monthFirst() == null || time.dayFirst().equals(time.monthFirst())) {
            return time.dayFirst() == null ? time.monthFirst() : time.dayFirst();
        }
        String order = dialect.dateOrder() == null && time.points() ? TimeColumn.DAY_FIRST : dialect.dateOrder();
        return TimeColumn.DAY_FIRST.equals(order) ? time.dayFirst()
                : TimeColumn.MONTH_FIRST.equals(order) ? time.monthFirst() : null;
    }

    private void putLocal(ObjectNode json, LocalDateTime local, ZoneOffset given, Supplier<ZoneId> zones) {
        ZoneId zone = given == null ? zones.get() : given;
        if (zone == null) {
            faults.add("eventTime", "has no offset, so its time zone is not known. Write it with its offset, such as "
                    + "2026-11-22T09:00:00-03:00, or set the time zone: 'timezone' of the import, or metadata.timezone of the "
                    + "account.");
            return;
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 1) {
            json.put("eventTime", local.toEpochSecond(offsets.get(0)));
        } else {
            faults.add("eventTime", (offsets.isEmpty() ? "never was in " + zone.getId() + ", because its clocks went forward"
                    : "was twice in " + zone.getId() + ", because its clocks went back") + ". Write it with its offset.");
        }
    }

    private static String day(LocalDateTime time) {
        return time.getDayOfMonth() + " " + time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
