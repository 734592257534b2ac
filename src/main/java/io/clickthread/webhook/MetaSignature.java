package io.clickthread.webhook;

import io.clickthread.channel.ChannelHealth;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.security.HmacSha256;
import io.clickthread.security.WrittenSignature;
import io.clickthread.system.Settings;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/**
 * {@code X-Hub-Signature-256: sha256=<hex of HMAC-SHA256(app secret, raw body)>}, as Meta signs its webhooks. Meta
 * escapes the body before it signs, so only the bytes of the wire have this signature: never parse first.
 */
@Component("metaSignature")
public class MetaSignature {

    private static final String PREFIX = "sha256=";

    private static final String REFUSAL = "X-Hub-Signature-256 does not fit the body: sign its exact bytes with the app secret "
            + "(CLICKTHREAD_META_APP_SECRET).";

    private final HmacSha256 hmac;
    private final ChannelHealth health;

    MetaSignature(Settings settings, ChannelHealth health) {
        this.health = health;
        this.hmac = new HmacSha256(settings.meta().appSecret());
    }

    /**
     * Lets a request pass that one of the app secrets signed.
     *
     * @param request the webhook
     * @return the same request
     * @throws Problem 401 for a missing, malformed or wrong signature
     */
    public Request verify(Request request) {
        if (!hmac.fits(WrittenSignature.hex(request.header("X-Hub-Signature-256"), PREFIX), request.body())) {
            health.count("meta", "refused");
            health.refusedMeta(REFUSAL);
            throw Problem.of(401, "authentication_error", "invalid_signature", REFUSAL);
        }
        health.count("meta", "received");
        return request;
    }

    /**
     * Signs as Meta does, for the simulator.
     *
     * @param body the exact bytes
     * @return the header's value
     */
    public String sign(byte[] body) {
        return PREFIX + HexFormat.of().formatHex(hmac.sign(body));
    }
}
