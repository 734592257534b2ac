package io.clickthread.channel;

import io.clickthread.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** The secret as the password of HTTP's basic authentication (RFC 7617), with any user name, for senders that do not sign. */
record BasicPassword() implements Authenticator {

    private static final String HEADER = "Authorization";
    private static final String BASIC = "Basic ";

    @Override
    public boolean fits(Request request, byte[] secret) {
        String given = request.header(HEADER);
        return given != null && given.regionMatches(true, 0, BASIC, 0, BASIC.length())
                && MessageDigest.isEqual(password(given.substring(BASIC.length()).strip()), secret);
    }

    @Override
    public Map<String, String> sign(String url, byte[] body, byte[] secret) {
        byte[] user = "clickthread:".getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(user, user.length + secret.length);
        System.arraycopy(secret, 0, both, user.length, secret.length);
        return Map.of(HEADER, BASIC + Base64.getEncoder().encodeToString(both));
    }

    @Override
    public String expects(String secret) {
        return "the password of basic authentication must be " + secret;
    }

    /** What stands behind the first colon; nothing for what is not base64 or has none. */
    private static byte[] password(String written) {
        try {
            byte[] both = Base64.getDecoder().decode(written);
            for (int i = 0; i < both.length; i++) {
                if (both[i] == ':') {
                    return Arrays.copyOfRange(both, i + 1, both.length);
                }
            }
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
        return new byte[0];
    }
}
