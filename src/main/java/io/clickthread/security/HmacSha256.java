package io.clickthread.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** HMAC-SHA256 with one secret, or with several while one replaces another. */
public final class HmacSha256 {

    private final List<byte[]> keys;

    /**
     * Takes the secrets.
     *
     * @param secrets one, or several separated by commas
     */
    public HmacSha256(String secrets) {
        this.keys = Arrays.stream(secrets.split(","))
                .map(secret -> secret.trim().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /**
     * Whether a signature was made with one of the secrets; takes the same time whichever it is, and however wrong.
     *
     * @param signature what was given
     * @param parts     what was signed, one after the other
     * @return true if it is good
     */
    public boolean fits(byte[] signature, byte[]... parts) {
        boolean good = false;
        for (byte[] key : keys) {
            good |= MessageDigest.isEqual(Hmac.SHA256.sign(key, parts), signature);
        }
        return good;
    }

    /**
     * Signs with the first secret.
     *
     * @param parts what is signed, one after the other
     * @return 32 bytes
     */
    public byte[] sign(byte[]... parts) {
        return Hmac.SHA256.sign(keys.get(0), parts);
    }
}
