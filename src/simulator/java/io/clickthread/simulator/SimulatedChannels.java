package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.ChannelConfig;
import io.clickthread.channel.Channels;
import io.clickthread.channel.Provider;
import io.clickthread.http.Problem;
import io.clickthread.local.DemoAccount;
import io.clickthread.security.Vault;
import io.clickthread.store.Sql;
import io.clickthread.system.Ids;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the channel that a simulated webhook goes to; the demo account gets one of a provider that it has none of. */
@Component
@Profile("local")
class SimulatedChannels {

    private static final SecureRandom SECRETS = new SecureRandom();
    private static final ChannelConfig PLAIN = new ChannelConfig(null, null, null);
    private static final ChannelConfig PLAIN_GENERIC = new ChannelConfig(null, null, Map.ofEntries(
            Map.entry("messages", "$.messages[*]"), Map.entry("contact", "$.from"), Map.entry("name", "$.name"),
            Map.entry("messageId", "$.id"), Map.entry("timestamp", "$.time"), Map.entry("clickId", "$.ad.clickId"),
            Map.entry("sourceId", "$.ad.id"), Map.entry("sourceUrl", "$.ad.url"), Map.entry("sourceType", "$.ad.type"),
            Map.entry("headline", "$.ad.title"), Map.entry("body", "$.ad.text")));

    private final Channels channels;
    private final JdbcClient jdbc;
    private final Vault vault;
    private final String newest = Sql.read("simulator/find-newest-channel");
    private final String create = Sql.read("simulator/create-demo-channel");

    SimulatedChannels(Channels channels, JdbcClient jdbc, Vault vault) {
        this.channels = channels;
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /**
     * The channel of an order.
     *
     * @throws Problem 404 for a key that no channel of the provider has, 422 for a channel without a secret
     */
    Channel of(ClickOrder order) {
        String provider = order.provider().provider();
        Channel channel = order.key() == null ? newest(order.provider()) : channels.find(provider, order.key());
        if (channel == null) {
            throw Problem.notFound("channel_not_found", "There is no channel of " + provider + " with this key. POST /api/v1/"
                    + "accounts/" + DemoAccount.ID + "/channels with {\"provider\":\"" + provider + "\",\"key\":…,\"secret\":…} "
                    + "makes one; without 'key' the simulator takes the newest one of the demo account, or makes one itself.");
        }
        if (channel.sealedSecret() == null && channel.provider() != Provider.META) {
            throw Problem.unprocessable("no_secret", "This channel has no secret, so nobody can sign for it: set one with "
                    + "PUT /api/v1/accounts/" + channel.accountId() + "/channels/" + channel.id() + ".");
        }
        return channel;
    }

    /** The secret that the provider would sign with. */
    byte[] secret(Channel channel) {
        return vault.open(channel.sealedSecret(), channel.id());
    }

    private Channel newest(Provider provider) {
        Channel found = find(provider);
        if (found == null) {
            create(provider);
            found = find(provider);
        }
        return found;
    }

    private Channel find(Provider provider) {
        List<Map<String, Object>> rows = jdbc.sql(newest).param("accountId", DemoAccount.ID)
                .param("provider", provider.provider()).query().listOfRows();
        return rows.isEmpty() ? null : Channel.of(rows.get(0));
    }

    private void create(Provider provider) {
        byte[] secret = new byte[24];
        SECRETS.nextBytes(secret);
        String id = Ids.next();
        byte[] sealed = vault.seal(HexFormat.of().formatHex(secret).getBytes(StandardCharsets.UTF_8), id);
        jdbc.sql(create).param("id", id).param("accountId", DemoAccount.ID).param("provider", provider.provider())
                .param("key", "demo-" + provider.provider()).param("secret", sealed).param("secretKey", vault.keyId())
                .param("config", (provider == Provider.GENERIC ? PLAIN_GENERIC : PLAIN).toJson()).update();
    }
}
