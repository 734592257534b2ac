package io.clickthread.webhook;

import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.system.Settings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * {@code X-Hub-Signature-256: sha256=<hex of HMAC-SHA256(app secret, raw body)>}, as Meta signs its webhooks. Meta
 * escapes the body before it signs, so only the bytes of the wire have this signature: never parse first.
 */
@Component("metaSignature")
public class MetaSignature {

    private static final String PREFIX = "sha256=";

    private final List<SecretKeySpec> keys;

    MetaSignature(Settings settings) {
        this.keys = Arrays.stream(settings.meta().appSecret().split(","))
                .map(secret -> new SecretKeySpec(secret.trim().getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                .toList();
    }

    /**
     * Lets a request pass that one of the app secrets signed.
     *
     * @param request the webhook
     * @return the same request
     * @throws Problem 401 for a missing, malformed or wrong signature
     */
    public Request verify(Request request) {
        byte[] given = parse(request.header("X-Hub-Signature-256"));
        boolean good = false;
        for (SecretKeySpec key : keys) {
            good |= MessageDigest.isEqual(hmac(key, request.body()), given);
        }
        if (!good) {
            throw Problem.of(401, "authentication_error", "invalid_signature",
                    "X-Hub-Signature-256 does not fit the body: sign its exact bytes with the app secret "
                            + "(CLICKTHREAD_META_APP_SECRET).");
        }
        return request;
    }

    /**
     * Signs as Meta does, for the simulator.
     *
     * @param body the exact bytes
     * @return the header's value
     */
    public String sign(byte[] body) {
        return PREFIX + HexFormat.of().formatHex(hmac(keys.get(0), body));
    }

    private static byte[] parse(String header) {
        if (header == null || !header.startsWith(PREFIX)) {
            return new byte[0];
        }
        try {
            return HexFormat.of().parseHex(header.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hmac(SecretKeySpec key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has HmacSHA256
        }
    }
}
