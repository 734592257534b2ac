package io.clickthread.conversion;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Personal data as Meta takes it: normalised, then SHA-256 in lower-case hexadecimal. Rules and test vectors: Meta,
 * "Customer information parameters". Nothing else of a person's data is stored.
 */
final class Hashing {

    private Hashing() {
    }

    /** {@code em}: trimmed, lower case; dots and plus signs stay. */
    static String email(String email) {
        return email == null ? null : sha256(email.strip().toLowerCase(Locale.ROOT));
    }

    /** {@code external_id}: trimmed, lower case, so that it is the same in every channel. */
    static String externalId(String id) {
        return id == null ? null : sha256(id.strip().toLowerCase(Locale.ROOT));
    }

    /** The SHA-256 of a text's UTF-8 bytes. */
    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
