package io.clickthread.source;

import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.security.HmacSha256;
import io.clickthread.security.WrittenSignature;
import io.clickthread.system.Settings;
import io.clickthread.system.SourceSettings.Encoding;
import io.clickthread.system.SourceSettings.Sender;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Signed webhooks of shops and CRMs: each sender has its own secret and its own way to write the signature. */
@Component("sourceWebhooks")
public class SourceWebhooks {

    /** Before a sender's name, in the name of its source. */
    static final String PREFIX = "webhook/";

    /** WooCommerce's, all of it. */
    private static final Pattern PING = Pattern.compile("webhook_id=[0-9]{1,20}");

    private final Map<String, Sender> senders;
    private final Map<String, HmacSha256> hmacs = new HashMap<>();

    SourceWebhooks(Settings settings) {
        this.senders = settings.sources().webhook().of();
        senders.forEach((name, sender) -> {
            if (sender.secret() != null) { // one that is off needs none
                hmacs.put(name, new HmacSha256(sender.secret()));
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
        HmacSha256 hmac = hmacs.get(name);
        Sender sender = senders.get(name);
        if (hmac != null && isForm(request)) {
            byte[] form = request.body();
            if (form.length <= 64 && PING.matcher(new String(form, StandardCharsets.US_ASCII)).matches()) {
                return new SourceMessage(PREFIX + name, null, null);
            }
            throw Problem.of(415, "invalid_request_error", "unsupported_media_type",
                    "Send 'Content-Type: application/json': of forms, only the ping of a shop is taken.");
        }
        if (hmac == null || !hmac.fits(signature(sender, request.header(sender.header())), request.body())) {
            throw Problem.of(401, "authentication_error", "invalid_signature", "The signature does not fit the body, or "
                    + "there is no sender of this name: sign the exact bytes with HMAC-SHA256 and the secret of "
                    + "CLICKTHREAD_SOURCES_WEBHOOK_OF_<NAME>_SECRET.");
        }
        return new SourceMessage(PREFIX + name, null, request.body());
    }

    private static boolean isForm(Request request) {
        String type = request.header("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    private static byte[] signature(Sender sender, String header) {
        return sender.encoding() == Encoding.HEX ? WrittenSignature.hex(header, sender.prefix())
                : WrittenSignature.base64(header, sender.prefix());
    }
}
