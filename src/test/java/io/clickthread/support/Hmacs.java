package io.clickthread.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as providers do, by the JDK alone: what is tested takes no part in its test. */
public final class Hmacs {

    private Hmacs() {
    }

    /** The HMAC of a text with {@link TestChannel#SECRET}; the algorithm in the JDK's name, such as HmacSHA256. */
    public static byte[] of(String algorithm, String text) {
        return of(algorithm, text, TestChannel.SECRET);
    }

    /** The HMAC of a text with another secret. */
    public static byte[] of(String algorithm, String text, String secret) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hex(String algorithm, String text) {
        return hex(algorithm, text, TestChannel.SECRET);
    }

    public static String hex(String algorithm, String text, String secret) {
        return HexFormat.of().formatHex(of(algorithm, text, secret));
    }

    /** A JSON Web Token for a body, with this header's {@code alg}. */
    public static String token(String alg, long issuedAt, String body) {
        return token(alg, issuedAt, body, TestChannel.SECRET);
    }

    /** The same signed with another secret. */
    public static String token(String alg, long issuedAt, String body, String secret) {
        try {
            String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
            String signed = base64("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}") + "."
                    + base64("{\"iss\":\"Vonage\",\"iat\":" + issuedAt + ",\"payload_hash\":\"" + hash + "\"}");
            return signed + "." + (alg.equals("none") ? ""
                    : Base64.getUrlEncoder().withoutPadding().encodeToString(of("HmacSHA256", signed, secret)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
