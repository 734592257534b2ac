package io.clickthread.channel;

import io.clickthread.store.Rows;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * How one provider's webhooks reach an account.
 *
 * @param id           24 hexadecimal digits
 * @param accountId    the account that its messages belong to
 * @param provider     who sends them
 * @param key          the provider's own identity of the number; with the provider it is the webhook's address
 * @param sealedSecret the secret, sealed for this id; null if none was set
 * @param formerSecret the secret before it, sealed likewise, or null
 * @param formerUntil  until when the former secret is good, or null
 * @param config       what else its provider needs
 */
public record Channel(String id, String accountId, Provider provider, String key, byte[] sealedSecret,
                      byte[] formerSecret, Instant formerUntil, ChannelConfig config) {

    /**
     * Reads a row.
     *
     * @param row of the table {@code channel}
     * @return the channel
     */
    public static Channel of(Map<String, Object> row) {
        return new Channel(Rows.text(row, "id"), Rows.text(row, "account_id"), Provider.of(Rows.text(row, "provider")),
                Rows.text(row, "key"), (byte[]) row.get("secret"), (byte[]) row.get("former_secret"),
                Rows.instant(row, "former_until"), ChannelConfig.stored(Rows.text(row, "config")));
    }

    /**
     * The path of its webhooks. Meta's name their number themselves, unless the channel has an app secret of its own.
     *
     * @return for example {@code /webhooks/whapi/MANTIS-M72HC}
     */
    public String webhookPath() {
        String address = "/webhooks/" + provider.provider();
        return provider == Provider.META && sealedSecret == null ? address : address + "/"
                + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "Channel[" + id + "]";
    }
}
