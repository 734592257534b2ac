package io.clickthread.docs;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.Map;
import java.util.function.BiConsumer;

/** Provokes every documented answer about channels. */
final class ChannelCalls {

    private static final String NOBODY = "ffffffffffffffffffffffff";

    private final TestAccount account;
    private final Server server;
    private final BiConsumer<String, Reply> see;

    ChannelCalls(TestAccount account, BiConsumer<String, Reply> see) {
        this.account = account;
        this.server = account.server;
        this.see = see;
    }

    void make() {
        String path = "/api/v1/accounts/" + account.id + "/channels";
        String documented = " /api/v1/accounts/{accountId}/channels";
        String key = "OPEN-" + Webhooks.unique();
        Map<String, Object> body = Map.of("provider", "whapi", "key", key, "secret", "a secret of the docs");
        Reply made = server.call("POST", path, body);
        see.accept("POST" + documented + " 200", made);
        see.accept("POST" + documented + " 400", server.call("POST", path, Map.of("provider", "none")));
        see.accept("POST" + documented + " 404", server.call("POST", "/api/v1/accounts/" + NOBODY + "/channels", body));
        see.accept("POST" + documented + " 409", server.call("POST", path, body));
        see.accept("GET" + documented + " 200", server.call("GET", path, null));
        see.accept("GET" + documented + " 404", server.call("GET", "/api/v1/accounts/" + NOBODY + "/channels", null));

        String address = "/webhooks/{provider}/{key}";
        see.accept("POST " + address + " 200", webhook(key, "a secret of the docs"));
        see.accept("POST " + address + " 401", webhook(key, "wrong"));
        see.accept("POST " + address + " 404", webhook("NOBODY", "a secret of the docs"));

        String health = "/api/v1/channels/{id}/health ";
        see.accept("GET " + health + 200, server.call("GET", health.replace("{id}", made.json().at("/channel/_id").asText()).strip(),
                null));
        see.accept("GET " + health + 404, server.call("GET", health.replace("{id}", NOBODY).strip(), null));

        String one = path + "/" + made.json().at("/channel/_id").asText();
        see.accept("PUT" + documented + "/{id} 200", server.call("PUT", one, Map.of("secret", "another secret of the docs")));
        see.accept("PUT" + documented + "/{id} 400", server.call("PUT", one, Map.of()));
        see.accept("PUT" + documented + "/{id} 404", server.call("PUT", path + "/" + NOBODY, Map.of("secret", "another secret of the docs")));
        see.accept("DELETE" + documented + "/{id} 200", server.call("DELETE", one, null));
        see.accept("DELETE" + documented + "/{id} 404", server.call("DELETE", one, null));
    }

    private Reply webhook(String key, String secret) {
        return server.send("POST", "/webhooks/whapi/" + key, Server.json(Map.of("channel_id", key)), "Content-Type",
                "application/json", "X-Webhook-Secret", secret);
    }
}
