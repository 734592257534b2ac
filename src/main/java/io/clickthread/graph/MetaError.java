package io.clickthread.graph;

/**
 * One row of the table of Meta's errors.
 *
 * @param code       a number, a range {@code 200-299}, or {@code *} for any
 * @param subcode    the same; {@code *} fits an error without a subcode as well
 * @param status     the HTTP status: a number, a range or {@code *}
 * @param meaning    what Meta says by it
 * @param errorClass whose fault it is
 * @param source     where that is written
 */
public record MetaError(String code, String subcode, String status, String meaning, ErrorClass errorClass, String source) {

    boolean fits(GraphAnswer answer) {
        return isIn(code, answer.code()) && isIn(subcode, answer.subcode()) && isIn(status, answer.status());
    }

    private static boolean isIn(String range, int number) {
        if (range.equals("*")) {
            return true;
        }
        int dash = range.indexOf('-', 1); // a dash in front is a sign
        int least = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
        int most = dash < 0 ? least : Integer.parseInt(range.substring(dash + 1));
        return least <= number && number <= most;
    }
}
