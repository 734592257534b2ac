package io.clickthread.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Click ids that look like Meta's and that the simulator knows again without storing any: random bytes and their HMAC.
 * The key is public; it tells a simulated click from a made-up one and protects nothing.
 */
final class ClickIds {

    private static final String PREFIX = "ARA";
    private static final int RANDOM = 40;
    private static final int TAG = 32; // with the random bytes a multiple of three, so that base64 has one spelling
    private static final SecretKeySpec KEY =
            new SecretKeySpec("simulated clicks".getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    private static final SecureRandom SOURCE = new SecureRandom();

    private ClickIds() {
    }

    /** A new click id: 99 characters of letters, digits, {@code -} and {@code _}. */
    static String issue() {
        byte[] bytes = new byte[RANDOM];
        SOURCE.nextBytes(bytes);
        byte[] whole = Arrays.copyOf(bytes, RANDOM + TAG);
        System.arraycopy(tag(bytes), 0, whole, RANDOM, TAG);
        return PREFIX + Base64.getUrlEncoder().encodeToString(whole);
    }

    /** Whether {@link #issue} made this text, in this process or another. */
    static boolean isIssued(String clickId) {
        if (clickId == null || !clickId.startsWith(PREFIX)) {
            return false;
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(clickId.substring(PREFIX.length()));
            return whole.length == RANDOM + TAG && MessageDigest.isEqual(tag(Arrays.copyOf(whole, RANDOM)),
                    Arrays.copyOfRange(whole, RANDOM, whole.length));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] tag(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has HmacSHA256
        }
    }
}
