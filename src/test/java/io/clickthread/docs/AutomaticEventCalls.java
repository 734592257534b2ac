package io.clickthread.docs;

import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Provokes every documented answer about Meta's own events. */
record AutomaticEventCalls(TestAccount account, BiConsumer<String, Reply> see) {

    void make() {
        account.server.webhook(Webhooks.envelope(Map.of("field", "automatic_events", "value", Map.of("metadata",
                Map.of("phone_number_id", account.phoneNumberId), "automatic_events", List.of(Map.of("id", "wamid.own",
                "event_name", "Purchase", "timestamp", TestAccount.now(), "ctwa_clid", "ARA",
                "custom_data", Map.of("value", 25_000, "currency", "USD")))))));
        see.accept("GET /api/v1/automatic-events 200", get("?accountId=" + account.id));
        see.accept("GET /api/v1/automatic-events 400", get(""));
        see.accept("GET /api/v1/automatic-events 404", get("?accountId=ffffffffffffffffffffffff"));
    }

    private Reply get(String query) {
        return account.server.call("GET", "/api/v1/automatic-events" + query, null);
    }
}
