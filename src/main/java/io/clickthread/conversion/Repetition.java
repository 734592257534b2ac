package io.clickthread.conversion;

import io.clickthread.http.Problem;
import io.clickthread.store.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What stands under the dataset, event name and event id of a request: a conversion that was taken before.
 *
 * @param conversionId its id; null if it stands further up in a list that nothing is stored of yet
 * @param row          what {@code compare-repetitions.sql} found
 */
record Repetition(String conversionId, Map<String, Object> row) {

    private static final String OWN_ID = "Another event needs an 'eventId' of its own.";

    /** Of a row that it was found in. */
    static Repetition of(Map<String, Object> row) {
        return new Repetition(Rows.text(row, "stands_id"), row);
    }

    /** Whether a request that could be taken was not, because of a conversion that stands. */
    static boolean standsInTheWay(Map<String, Object> row) {
        return row != null && row.get("state") != null && row.get("accepted_id") == null;
    }

    /** Whether the contents of the request would take its place, so that the request is to be made again. */
    static boolean givesWay(Map<String, Object> row) {
        return Boolean.TRUE.equals(row.get("gives_way")) && !differences(row).isEmpty();
    }

    /** The API's word for its state. */
    String status() {
        return conversionId == null ? null : States.shown(Rows.text(row, "stands_state"));
    }

    /** Whether the request itself was taken before, under the same id. */
    boolean isOf(Object requestId) {
        return requestId.equals(conversionId) || requestId.equals(row.get("replaced_by"));
    }

    /**
     * Makes sure that the request has the same contents.
     *
     * @throws Problem 409, if not, with the names of the fields that differ, and none of their values
     */
    void check() {
        List<String> differs = differences(row);
        if (differs.isEmpty()) {
            return;
        }
        String fields = differs.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        if (conversionId == null) {
            throw Problem.conflict("event_id_conflict", "eventId", "This 'eventId' stands further up with other contents: "
                    + fields + (differs.size() == 1 ? " differs. " : " differ. ") + OWN_ID, Map.of("differs", differs));
        }
        throw Problem.conflict("event_id_conflict", "eventId", "This 'eventId' was taken before with other contents: " + fields
                + (differs.size() == 1 ? " differs. " : " differ. ") + "What was taken before stands, and is " + status() + ". "
                + advice(), details(differs));
    }

    private Map<String, Object> details(List<String> differs) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("differs", differs);
        details.put("status", status());
        details.put("conversionId", conversionId);
        return details;
    }

    private String advice() {
        return switch (status()) {
            case "queued" -> "Other contents can replace it only if Meta refuses it or it expires. " + OWN_ID;
            case "unknown" -> "Meta may have counted it: first decide what became of it, with POST "
                    + "/api/v1/whatsapp/conversions/{conversionId}/release or /close. " + OWN_ID;
            default -> OWN_ID;
        };
    }

    private static List<String> differences(Map<String, Object> row) {
        String differs = Rows.text(row, "differs");
        return differs == null || differs.isEmpty() ? List.of() : List.of(differs.split(","));
    }

    @Override
    public String toString() {
        return "Repetition[" + conversionId + "]";
    }
}
