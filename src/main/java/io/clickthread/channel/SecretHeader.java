package io.clickthread.channel;

import io.clickthread.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * The secret itself in a header, for providers that do not sign. An {@code Authorization} header may have it as a bearer
 * token, or whole with its own scheme.
 *
 * @param header the header's name
 */
record SecretHeader(String header) implements Authenticator {

    private static final String BEARER = "Bearer ";

    @Override
    public boolean fits(Request request, byte[] secret) {
        String given = request.header(header);
        if (given == null) {
            return false;
        }
        boolean bearer = header.equalsIgnoreCase("Authorization") && given.startsWith(BEARER)
                && equal(given.substring(BEARER.length()), secret);
        return equal(given, secret) || bearer;
    }

    @Override
    public Map<String, String> sign(String url, byte[] body, byte[] secret) {
        return Map.of(header, new String(secret, StandardCharsets.UTF_8));
    }

    @Override
    public String expects(String secret) {
        return "the header " + header + " must hold " + secret;
    }

    private static boolean equal(String given, byte[] secret) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret);
    }
}
