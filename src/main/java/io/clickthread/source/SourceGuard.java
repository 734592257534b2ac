package io.clickthread.source;

import io.clickthread.channel.Authenticator;
import io.clickthread.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * How the sender of a source's webhooks is known.
 *
 * @param scheme  how it signs
 * @param secrets what with; several during a rotation
 */
record SourceGuard(Authenticator scheme, List<byte[]> secrets) {

    /** With one secret, or several separated by commas. */
    static SourceGuard of(Authenticator scheme, String secrets) {
        return new SourceGuard(scheme, Arrays.stream(secrets.split(","))
                .map(secret -> secret.strip().getBytes(StandardCharsets.UTF_8)).toList());
    }

    /** Whether the sender made a request. It looks at all secrets, whichever fits, so that the time tells nothing. */
    boolean lets(Request request) {
        boolean good = false;
        for (byte[] secret : secrets) {
            good |= scheme.fits(request, secret);
        }
        return good;
    }

    @Override
    public String toString() {
        return "SourceGuard"; // the secrets are in it
    }
}
