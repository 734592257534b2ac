package io.clickthread.security;

import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keyed hashes of RFC 2104 that providers sign webhooks with. */
public enum Hmac {

    /** Twilio's, and nobody's who can choose. */
    SHA1("HmacSHA1"),
    /** Nearly everybody's. */
    SHA256("HmacSHA256"),
    /** WAHA's. */
    SHA512("HmacSHA512");

    private final String algorithm;

    Hmac(String algorithm) {
        this.algorithm = algorithm;
    }

    /**
     * The one that a text names.
     *
     * @param name such as {@code hmac-sha256}, {@code HmacSHA256} or {@code sha256}; may be null
     * @return the hash, or null if there is none of this name
     */
    public static Hmac of(String name) {
        String plain = name == null ? "" : name.toLowerCase(Locale.ROOT).replaceAll("^hmac|[^a-z0-9]", "").replaceAll("^hmac", "");
        return switch (plain) {
            case "sha1" -> SHA1;
            case "sha256" -> SHA256;
            case "sha512" -> SHA512;
            default -> null;
        };
    }

    /**
     * Signs.
     *
     * @param secret the key, at least one byte
     * @param parts  what is signed, one after the other
     * @return 20, 32 or 64 bytes
     */
    public byte[] sign(byte[] secret, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has these three
        }
    }
}
