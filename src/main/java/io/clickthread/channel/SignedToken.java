package io.clickthread.channel;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.clickthread.http.Request;
import io.clickthread.security.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * A JSON Web Token (RFC 7519) in {@code Authorization: Bearer}, signed with HMAC-SHA256. Vonage's says by its claim
 * {@code payload_hash} which body it is for, and by {@code iat} when it was made; Evolution's says when it ends.
 *
 * @param ofBody    whether it must name the SHA-256 of the body and be no older than the tolerance
 * @param otherwise what else a webhook may be authenticated by, or null
 * @param tolerance how far off clocks may be, and how old a token of a body may be
 * @param clock     tells the time
 */
record SignedToken(boolean ofBody, Authenticator otherwise, Duration tolerance, Clock clock) implements Authenticator {

    private static final String HEADER = "Authorization";
    private static final String BEARER = "Bearer ";
    private static final String HASH = "payload_hash";

    @Override
    public boolean fits(Request request, byte[] secret) {
        String given = request.header(HEADER);
        boolean token = given != null && given.startsWith(BEARER)
                && isGood(given.substring(BEARER.length()), request.body(), secret);
        return token || otherwise != null && otherwise.fits(request, secret);
    }

    @Override
    public Map<String, String> sign(String url, byte[] body, byte[] secret) {
        if (!ofBody) {
            return otherwise.sign(url, body, secret);
        }
        return Map.of(HEADER, BEARER + JWT.create().withIssuer("Vonage").withIssuedAt(clock.instant())
                .withJWTId(java.util.UUID.randomUUID().toString()).withClaim(HASH, HexFormat.of().formatHex(sha256(body)))
                .sign(Algorithm.HMAC256(secret)));
    }

    @Override
    public String expects(String secret) {
        return "Authorization must be 'Bearer' and a JWT signed (HS256) with " + secret
                + (ofBody ? ", whose payload_hash is the SHA-256 of the exact body and whose iat is no more than "
                        + tolerance.toSeconds() + " seconds off" : otherwise == null ? "" : ", or " + otherwise.expects(secret));
    }

    /** The signature first: of a token that was not signed with the secret nothing is parsed. */
    private boolean isGood(String token, byte[] body, byte[] secret) {
        int end = token.lastIndexOf('.');
        if (end < 0 || !MessageDigest.isEqual(Hmac.SHA256.sign(secret, token.substring(0, end).getBytes(StandardCharsets.UTF_8)),
                signature(token.substring(end + 1)))) {
            return false;
        }
        try {
            JWTVerifier verifier = ((JWTVerifier.BaseVerification) JWT.require(Algorithm.HMAC256(secret))
                    .acceptLeeway(tolerance.toSeconds())).build(clock);
            DecodedJWT decoded = verifier.verify(token);
            // RFC 7515, section 4.1.11: what is critical must be understood, and nothing of it is here.
            return decoded.getHeaderClaim("crit").isMissing() && isOf(decoded, body);
        } catch (RuntimeException e) { // besides its own the library throws what a header null or a time of 10^18 leads to
            return false;
        }
    }

    private static byte[] signature(String written) {
        try {
            return Base64.getUrlDecoder().decode(written);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private boolean isOf(DecodedJWT token, byte[] body) {
        if (!ofBody) {
            return true;
        }
        String hash = token.getClaim(HASH).asString();
        Instant made = token.getIssuedAtAsInstant();
        return hash != null && made != null
                && Duration.between(made, clock.instant()).abs().compareTo(tolerance) <= 0
                && MessageDigest.isEqual(hash.toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8),
                        HexFormat.of().formatHex(sha256(body)).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
