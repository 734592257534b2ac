package io.clickthread.webhook;

import io.clickthread.http.ApiResponse;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.system.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.stereotype.Component;

/** Meta's check of a webhook's address: a GET that wants its challenge back if it knows our token. */
@Component("metaHandshake")
public class MetaHandshake {

    private final byte[] token;

    MetaHandshake(Settings settings) {
        this.token = settings.meta().verifyToken().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Answers the handshake.
     *
     * @param request with {@code hub.mode}, {@code hub.verify_token} and {@code hub.challenge}
     * @return the bare challenge as text, because Meta calls it a number on one page and a text on another
     * @throws Problem 403 for another mode or token, 400 without a challenge
     */
    public ApiResponse answer(Request request) {
        String given = request.query("hub.verify_token");
        boolean known = given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token);
        if (!known || !"subscribe".equals(request.query("hub.mode"))) {
            throw Problem.of(403, "permission_error", "verification_failed",
                    "hub.mode must be 'subscribe' and hub.verify_token the one of CLICKTHREAD_META_VERIFY_TOKEN.");
        }
        String challenge = request.query("hub.challenge");
        if (challenge == null) {
            throw Problem.invalid("missing_required_field", "hub.challenge", "hub.challenge is missing.");
        }
        return ApiResponse.ok(challenge);
    }
}
