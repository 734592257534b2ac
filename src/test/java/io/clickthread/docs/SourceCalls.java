package io.clickthread.docs;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.Signed;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BiConsumer;

/** The webhooks of conversion sources, each signed as its sender does. */
final class SourceCalls {

    private final Server server;
    private final BiConsumer<String, Reply> see;

    SourceCalls(Server server, BiConsumer<String, Reply> see) {
        this.server = server;
        this.see = see;
    }

    void make() {
        byte[] body = Server.json(Map.of("phoneE164", Webhooks.phone(), "eventName", "Purchase", "value", 1, "currency", "USD",
                "eventId", "1"));
        String signature = Signed.hex("HmacSHA256", body, Server.SOURCE_SECRET);
        send("POST /sources/webhook/{name} 200", "webhook/shop", body, "X-Webhook-Signature", signature);
        send("POST /sources/{source} 200", "shopify", body, "X-Shopify-Hmac-Sha256",
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(signature)));
        String now = String.valueOf(TestAccount.now());
        byte[] signed = (now + "." + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        send("POST /sources/chatwoot 200", "chatwoot", body, "X-Chatwoot-Timestamp", now, "X-Chatwoot-Signature",
                "sha256=" + Signed.hex("HmacSHA256", signed, Server.SOURCE_SECRET));
    }

    private void send(String answer, String source, byte[] body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        see.accept(answer, server.send("POST", "/sources/" + source, body, all));
    }
}
