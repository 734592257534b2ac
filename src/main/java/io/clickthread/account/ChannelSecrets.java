package io.clickthread.account;

import io.clickthread.http.JsonFields;
import io.clickthread.security.Vault;
import io.clickthread.system.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The secret of a channel on its way from a request into the database. */
final class ChannelSecrets {

    private static final int LONGEST = 1_000;

    private final Vault vault;

    ChannelSecrets(Vault vault) {
        this.vault = vault;
    }

    /** The field {@code secret}, which may be missing; a fault of it is noted. */
    static String read(JsonFields fields) {
        String secret = fields.optional("secret", LONGEST);
        if (secret != null && secret.chars().anyMatch(c -> c < ' ' || c == 127)) {
            fields.fault("secret", "'secret' must have no control characters.");
        }
        if (secret != null && !Secrets.isGood(secret)) {
            fields.fault("secret", "'secret' must have " + Secrets.SHORTEST + " characters or more.");
        }
        return secret;
    }

    /** A row's {@code secret} and {@code secretKey}, sealed for the channel of this id; both are null if the secret is. */
    Map<String, Object> sealed(String secret, String id) {
        Map<String, Object> row = new HashMap<>();
        row.put("secret", secret == null ? null : vault.seal(secret.getBytes(StandardCharsets.UTF_8), id));
        row.put("secretKey", secret == null ? null : vault.keyId());
        return row;
    }
}
