package io.clickthread.docs;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StoredConversions;
import io.clickthread.support.TestAccount;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Calls of {@link OpenApiTest} to the operations that decide about what Meta did not take.
 *
 * @param server the server to call
 * @param see    takes the operation with the expected status, and the answer
 */
record DeadLetterCalls(Server server, BiConsumer<String, Reply> see) {

    private static final String NOBODY = "ffffffffffffffffffffffff";

    /** Provokes every answer of these operations. */
    void make() {
        TestAccount other = TestAccount.connect(server);
        for (String state : List.of("expired", "rejected", "unknown", "parked", "delivered")) {
            StoredConversions.put(other, state, 3, state, "1 hour");
        }
        StoredConversions.put(other, "old", 1, "expired", "8 days");
        String path = "/api/v1/dead-letters";
        see.accept("GET " + path + " 200", get(path + "?accountId=" + other.id));
        see.accept("GET " + path + " 400", get(path + "?status=delivered"));
        String one = "/api/v1/whatsapp/conversions/";
        String close = "POST " + one + "{conversionId}/close ";
        for (Map.Entry<String, String> decision : Map.of("replay", "expired", "release", "unknown").entrySet()) {
            String operation = "POST " + one + "{conversionId}/" + decision.getKey() + " ";
            String end = "/" + decision.getKey();
            see.accept(operation + 200, post(one + id(other, decision.getValue() + "-1") + end, null));
            see.accept(operation + 404, post(one + NOBODY + end, null));
            see.accept(operation + 409, post(one + id(other, "delivered-1") + end, null));
            server.database().update("update conversion set event_time = now() - interval '8 days' where id = ?",
                    id(other, decision.getValue() + "-2"));
            see.accept(operation + 422, post(one + id(other, decision.getValue() + "-2") + end, null));
        }
        Map<String, String> reason = Map.of("reason", "A test.");
        see.accept(close + 200, post(one + id(other, "parked-1") + "/close", reason));
        see.accept(close + 400, post(one + id(other, "parked-1") + "/close", Map.of()));
        see.accept(close + 404, post(one + NOBODY + "/close", reason));
        see.accept(close + 409, post(one + id(other, "delivered-1") + "/close", reason));
        for (String decision : List.of("replay", "release", "close")) {
            see.accept("POST " + path + "/" + decision + " 400", post(path + "/" + decision, Map.of()));
            see.accept("POST " + path + "/" + decision + " 200",
                    post(path + "/" + decision, decision.equals("close") ? Map.of("accountId", other.id, "reason", "A test.")
                            : Map.of("accountId", other.id)));
        }
        see.accept("GET " + path + " 200", get(path + "?status=closed&accountId=" + other.id));
    }

    private String id(TestAccount of, String eventId) {
        return server.database().queryForObject("select id from conversion where account_id = ? and event_id = ?",
                String.class, of.id, eventId);
    }

    private Reply get(String path) {
        return server.call("GET", path, null);
    }

    private Reply post(String path, Object body) {
        return server.call("POST", path, body);
    }
}
