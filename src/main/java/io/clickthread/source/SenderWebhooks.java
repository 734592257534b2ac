package io.clickthread.source;

import io.clickthread.channel.Authenticators;
import io.clickthread.channel.ChannelConfig;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.system.Settings;
import io.clickthread.system.SourceSettings.Sender;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Webhooks at {@code /sources/webhook/<name>}, of senders that settings alone describe: each signs the exact body with HMAC-SHA256
 * and writes the signature in its own way.
 */
@Component("senderWebhooks")
public class SenderWebhooks {

    /** Before a sender's name, in the name of its source. */
    static final String PREFIX = "webhook/";

    /** WooCommerce's, all of it. */
    private static final Pattern PING = Pattern.compile("webhook_id=[0-9]{1,20}");
    private static final String HMAC = "hmac-sha256";

    private final Map<String, SourceGuard> senders = new HashMap<>();

    SenderWebhooks(Settings settings, Authenticators schemes) {
        settings.sources().webhook().of().forEach((name, sender) -> {
            if (sender.secret() != null) { // one that is off needs none
                senders.put(name, SourceGuard.of(schemes.of(HMAC, signature(sender), ""), sender.secret()));
            }
        });
    }

    /**
     * Lets a webhook pass that its sender signed, and a ping, which shops send unsigned when a webhook is saved and which must
     * be answered 200, or it is not saved. A ping brings nothing: whatever else its sender may be, nothing is read or stored.
     *
     * @param request with the path parameter {@code name}
     * @return the message, or a ping
     * @throws Problem 415 for a form that is no ping; 401 for a missing, malformed or wrong signature, and for a sender that
     *                 is not set up
     */
    public SourceMessage verify(Request request) {
        String name = request.path("name");
        SourceGuard guard = senders.get(name);
        if (guard != null && isForm(request)) {
            byte[] form = request.body();
            if (form.length <= 64 && PING.matcher(new String(form, StandardCharsets.US_ASCII)).matches()) {
                return new SourceMessage(PREFIX + name, null, null);
            }
            throw Problem.of(415, "invalid_request_error", "unsupported_media_type",
                    "Send 'Content-Type: application/json': of forms, only the ping of a shop is taken.");
        }
        if (guard == null || !guard.lets(request)) {
            throw Problem.of(401, "authentication_error", "invalid_signature", "The signature does not fit the body, or "
                    + "there is no sender of this name: sign the exact bytes with HMAC-SHA256 and the secret of "
                    + "CLICKTHREAD_SOURCES_WEBHOOK_OF_<NAME>_SECRET.");
        }
        return new SourceMessage(PREFIX + name, null, request.body());
    }

    private static ChannelConfig.Signature signature(Sender sender) {
        return new ChannelConfig.Signature(sender.header(), HMAC, sender.encoding().name().toLowerCase(Locale.ROOT), sender.prefix(),
                null, null);
    }

    private static boolean isForm(Request request) {
        String type = request.header("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }
}
