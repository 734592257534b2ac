package io.clickthread.routes;

import io.clickthread.conversion.NewConversion;
import java.util.HashMap;
import java.util.Map;

/** What the statements about conversions answer. */
final class Ledger {

    /** The only step that is asked whether a conversion may be stored. */
    static final String ACCEPT = "accept-conversions";
    static final String COMPARE = "compare-repetitions";
    static final String RECORD = "record-attempts";
    static final String CLICK = "ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LEkR7JwFF4XvnO2E4Nx0-eM-GABDLOPaOdRMv-_zfUQ2a";

    private Ledger() {
    }

    /** It is stored, and is to be sent at once if its request wants that. */
    static Map<String, Object> fresh(Object row) {
        NewConversion conversion = (NewConversion) row;
        Map<String, Object> answer = found();
        answer.put("state", conversion.leaseMillis() == null ? "pending" : "sending");
        answer.put("accepted_id", conversion.id());
        answer.put("attempts", 1);
        return answer;
    }

    /** Something stands in its way. */
    static Map<String, Object> standing(Object row) {
        Map<String, Object> answer = found();
        answer.put("state", "pending");
        return answer;
    }

    /** No conversation of its contact is known. */
    static Map<String, Object> unknown(Object row) {
        return new HashMap<>(Map.of("is_split", false));
    }

    /** What stands there, in this state; it has the same contents unless fields differ. */
    static Map<String, Object> former(String state, String differs) {
        return new HashMap<>(Map.of("stands_id", "6921a0d40c1ed00000000009", "event_id", "order-1", "stands_state", state, "events_received", 1,
                "gives_way", state.equals("rejected") || state.equals("expired"), "differs", differs, "is_counted", false));
    }

    private static Map<String, Object> found() {
        return new HashMap<>(Map.of("conversation_id", "6921a0d40c1ed00000000001", "is_split", false, "ctwa_clid", CLICK,
                "destination", 7L, "destination_state", "active", "destination_failures", 0));
    }
}
