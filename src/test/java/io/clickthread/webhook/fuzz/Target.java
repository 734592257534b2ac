package io.clickthread.webhook.fuzz;

import io.clickthread.channel.Authenticator;
import io.clickthread.channel.Authenticators;
import io.clickthread.channel.Channel;
import io.clickthread.channel.Channels;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Where one provider's webhooks are sent: a channel of an account of its own. Another account has a channel of the same
 * provider, and must never hear of it.
 *
 * @param sample     what the provider sends
 * @param key        the channel's key
 * @param path       its address
 * @param accountId  its account
 * @param strangers  keys of the other account's channels
 * @param scheme     how the provider signs
 */
record Target(Sample sample, String key, String path, String accountId, List<String> strangers, Authenticator scheme) {

    static final String PUBLIC_URL = "https://hooks.example";

    /** Opens a channel, and another one of the bystander's. */
    static Target open(Server server, Sample sample, TestAccount bystander) {
        String provider = sample.provider();
        if (provider.equals("meta")) { // the address that all share: whose a message is, it says itself
            TestAccount account = TestAccount.connect(server);
            return new Target(sample, account.phoneNumberId, "/webhooks/meta", account.id, List.of(), null);
        }
        Object config = provider.equals("generic") ? Sample.GENERIC_CONFIG : null;
        String key = "4479" + Webhooks.unique();
        String other = "4479" + Webhooks.unique();
        TestChannel channel = TestChannel.open(TestAccount.outsideCloudApi(server), provider, key, config);
        TestChannel.open(bystander, provider, other, config);
        Channel stored = server.context.getBean(Channels.class).find(provider, key);
        return new Target(sample, key, channel.path, channel.account.id, List.of(other),
                server.context.getBean(Authenticators.class).of(stored.provider(), stored.config()));
    }

    /** The headers that vouch for a body; none if it is none that could be signed. */
    Map<String, String> sign(byte[] body) {
        try {
            return scheme == null ? Map.of("X-Hub-Signature-256", Webhooks.signature(body, Server.APP_SECRET))
                    : scheme.sign(PUBLIC_URL + path, body, TestChannel.SECRET.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }
}
