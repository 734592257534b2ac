package io.clickthread.http;

import io.clickthread.store.Rows;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One page of a list that is read from a cursor on. A page asks the database for one row more than it shows: that row
 * tells whether there is another page, without counting.
 *
 * @param size       how many rows it shows at most
 * @param parameters the parameters of the statement: the filters, {@code before} and {@code beforeId} (null for the
 *                   first page) and {@code limit}
 */
public record Page(int size, Map<String, Object> parameters) {

    /**
     * Reads {@code limit} and {@code cursor}.
     *
     * @param request  the request
     * @param standard the size when {@code limit} was not sent
     * @param most     the largest {@code limit}
     * @param filters  the statement's other parameters
     * @return the page
     * @throws Problem 400 for a limit out of range or a cursor that is none
     */
    public static Page of(Request request, int standard, int most, Map<String, Object> filters) {
        Cursor cursor = Cursor.of(request.query("cursor"));
        int size = number(request, "limit", standard, most);
        Map<String, Object> parameters = new HashMap<>(filters);
        parameters.put("before", cursor == null ? null : Timestamp.from(cursor.time()));
        parameters.put("beforeId", cursor == null ? null : cursor.id());
        parameters.put("limit", size + 1);
        return new Page(size, parameters);
    }

    /**
     * Reads a whole number from 1.
     *
     * @param request  the request
     * @param name     the query parameter
     * @param standard used when it was not sent
     * @param most     the largest that is allowed
     * @return 1 to {@code most}
     * @throws Problem 400 for anything else
     */
    public static int number(Request request, String name, int standard, int most) {
        String text = request.query(name);
        if (text == null) {
            return standard;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, with the numbers out of range
        }
        throw Problem.invalid("invalid_field_value", name, "'" + name + "' must be a whole number from 1 to " + most + ".");
    }

    /**
     * The rows to show.
     *
     * @param read what the statement gave
     * @return at most {@link #size} of them
     */
    public List<Map<String, Object>> rows(List<Map<String, Object>> read) {
        return read.size() <= size ? read : read.subList(0, size);
    }

    /**
     * How to go on.
     *
     * @param read what the statement gave
     * @param time the column that the list is ordered by
     * @return {@code {hasMore, nextCursor}}; the cursor is null on the last page
     */
    public Map<String, Object> pagination(List<Map<String, Object>> read, String time) {
        Map<String, Object> pagination = new LinkedHashMap<>();
        boolean hasMore = read.size() > size;
        pagination.put("hasMore", hasMore);
        Map<String, Object> last = hasMore ? read.get(size - 1) : null;
        pagination.put("nextCursor",
                hasMore ? new Cursor(Rows.instant(last, time), Rows.text(last, "id")).toString() : null);
        return pagination;
    }
}
