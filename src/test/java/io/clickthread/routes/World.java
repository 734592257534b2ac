package io.clickthread.routes;

import io.clickthread.account.Tokens;
import io.clickthread.security.Vault;
import io.clickthread.support.TestChannel;
import io.clickthread.system.Ids;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Connects accounts and channels, each test its own. */
class World {

    /** The account that the settings name for all sources. */
    static final String SOURCES_ACCOUNT = "0c1ed0000000000000000001";
    static final String TOKEN = "access-token-of-a-test";

    private final KnownRows rows;
    private final Tokens tokens;
    private final Vault vault;

    World(KnownRows rows, Tokens tokens, Vault vault) {
        this.rows = rows;
        this.tokens = tokens;
        this.vault = vault;
        account(SOURCES_ACCOUNT, "1990000000", Map.of());
    }

    /** A new account with a number of Cloud API's. */
    Connected connect(Map<String, Object> further) {
        String id = Ids.next();
        String number = "7" + Long.parseLong(id.substring(18), 16);
        account(id, number, further);
        rows.channel("meta", number, Map.of("id", Ids.next(), "account_id", id, "provider", "meta", "key", number,
                "config", "{}"));
        return new Connected(id, number);
    }

    Connected connect() {
        return connect(Map.of());
    }

    /** A channel of a new account, with {@link TestChannel#SECRET}. */
    String channel(String provider, String config) {
        String id = Ids.next();
        String key = "4479" + Long.parseLong(id.substring(18), 16);
        Map<String, Object> row = new HashMap<>(Map.of("id", id, "account_id", connect().id(), "provider", provider, "key", key,
                "secret", vault.seal(TestChannel.SECRET.getBytes(StandardCharsets.UTF_8), id)));
        row.put("config", config);
        rows.channel(provider, key, row);
        return key;
    }

    private void account(String id, String number, Map<String, Object> further) {
        Map<String, Object> row = new HashMap<>(Map.of("id", id, "profile_id", "default", "waba_id", "102290129340398",
                "phone_number_id", number, "dataset_id", "3000000000", "automatic_events", "record",
                "access_token", tokens.seal(TOKEN, "102290129340398")));
        row.putAll(further);
        row.values().removeIf("none"::equals);
        rows.account(id, row);
    }

    /**
     * An account.
     *
     * @param id     its id
     * @param number its phone number id, the key of its channel
     */
    record Connected(String id, String number) {
    }
}
