package io.clickthread.docs;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Provokes every documented answer about what was kept and is run again. */
final class ReplayCalls {

    private final TestAccount account;
    private final Server server;
    private final BiConsumer<String, Reply> see;

    ReplayCalls(TestAccount account, BiConsumer<String, Reply> see) {
        this.account = account;
        this.server = account.server;
        this.see = see;
    }

    void make() {
        String path = "/api/v1/webhooks/quarantine";
        server.webhook(Webhooks.of("20" + Webhooks.unique(), Webhooks.text(Webhooks.phone(), TestAccount.now())));
        Reply list = server.call("GET", path + "?limit=1&provider=meta&since=0", null);
        see.accept("GET " + path + " 200", list);
        see.accept("GET " + path + " 400", server.call("GET", path + "?limit=0", null));
        String one = path + "/" + list.json().at("/webhooks/0/id").asText() + "/replay";
        see.accept("POST " + path + "/{id}/replay 200", server.call("POST", one, null));
        see.accept("POST " + path + "/{id}/replay 404", server.call("POST", path + "/none/replay", null));
        for (boolean dryRun : List.of(true, false)) {
            see.accept("POST " + path + "/replay 200",
                    server.call("POST", path + "/replay", Map.of("reason", "phone number id", "limit", 1, "dryRun", dryRun)));
        }
        account.clicked("ARAk-" + Webhooks.unique());
        server.database().update("update click set ctwa_clid = null where account_id = ?", account.id);
        for (boolean dryRun : List.of(true, false)) {
            see.accept("POST /api/v1/clicks/replay 200",
                    server.call("POST", "/api/v1/clicks/replay", Map.of("accountId", account.id, "dryRun", dryRun)));
        }
        for (String operation : List.of(path + "/replay", "/api/v1/clicks/replay")) {
            see.accept("POST " + operation + " 400", server.call("POST", operation, Map.of("misspelt", true)));
        }
    }
}
