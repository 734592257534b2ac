package io.clickthread.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A channel of a test's own, at which it plays the provider. */
public final class TestChannel {

    public static final String SECRET = "a secret of this test: 0123456789";

    public final TestAccount account;
    public final String id;
    public final String key;
    public final String path;

    private TestChannel(TestAccount account, JsonNode channel) {
        this.account = account;
        this.id = channel.path("_id").asText();
        this.key = channel.path("key").asText();
        this.path = channel.path("webhookPath").asText();
    }

    /** A new channel with {@link #SECRET}, of a new account outside Cloud API. */
    public static TestChannel open(Server server, String provider, String key) {
        return open(TestAccount.outsideCloudApi(server), provider, key, null);
    }

    /** A new channel with {@link #SECRET}; without config if it is null. */
    public static TestChannel open(TestAccount account, String provider, String key, Object config) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("provider", provider, "key", key, "secret", SECRET));
        if (config != null) {
            body.put("config", config);
        }
        Reply reply = account.server.call("POST", "/api/v1/accounts/" + account.id + "/channels", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return new TestChannel(account, reply.json().path("channel"));
    }

    /** A JSON webhook with these headers. */
    public Reply post(Object body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return account.server.send("POST", path, Server.json(body), all.toArray(String[]::new));
    }

    /** A JSON webhook with the secret in the usual header. */
    public Reply send(Object body) {
        return post(body, "X-Webhook-Secret", SECRET);
    }

    /** How many webhooks of this channel are kept. */
    public int quarantined() {
        return account.server.database().queryForObject("select count(*) from quarantined_webhook where channel_key = ?", Integer.class,
                key);
    }
}
