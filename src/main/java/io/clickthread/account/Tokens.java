package io.clickthread.account;

import io.clickthread.security.Vault;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Opens accounts' access tokens, for the moment of a call. */
@Component
public class Tokens {

    private final Vault vault;

    Tokens(Vault vault) {
        this.vault = vault;
    }

    /**
     * The token in clear.
     *
     * @param account the account
     * @return for the Authorization header and nothing else
     * @throws TokenDoesNotOpen if no configured key opens it
     */
    public String open(Account account) {
        try {
            return new String(vault.open(account.sealedToken(), Connecting.tokenOwner(account.wabaId())),
                    StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            throw new TokenDoesNotOpen(e);
        }
    }

    /**
     * Seals a token for storing.
     *
     * @param token  the token in clear
     * @param wabaId the WhatsApp Business Account that it belongs to
     * @return the value of {@code access_token}, which {@link #open} opens
     */
    public byte[] seal(String token, String wabaId) {
        return vault.seal(token.getBytes(StandardCharsets.UTF_8), Connecting.tokenOwner(wabaId));
    }

    /**
     * Which key seals now.
     *
     * @return the value of {@code access_token_key}
     */
    public long keyId() {
        return vault.keyId();
    }
}
