package io.clickthread.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures as providers make them, by the JDK alone. */
public final class Signed {

    private Signed() {
    }

    /** The hexadecimal HMAC; {@code algorithm} is the JDK's name, such as {@code HmacSHA512}. */
    public static String hex(String algorithm, byte[] body, String secret) {
        return HexFormat.of().formatHex(mac(algorithm, body, secret));
    }

    /** A token with these claims, signed with HS256. */
    public static String jwt(String claims, String secret) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String head = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return head + "." + base64.encodeToString(mac("HmacSHA256", head.getBytes(StandardCharsets.US_ASCII), secret));
    }

    private static byte[] mac(String algorithm, byte[] signed, String secret) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
