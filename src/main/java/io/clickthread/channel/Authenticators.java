package io.clickthread.channel;

import io.clickthread.security.Hmac;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** How each provider authenticates its webhooks. */
@Component
public class Authenticators {

    private static final String DIALOG360_SIGNATURE = "X-360dialog-Signature";

    private final Duration tolerance;
    private final Clock clock;
    private final String publicUrl;

    Authenticators(Settings settings, Clock clock) {
        this.tolerance = settings.webhooks().tolerance();
        this.clock = clock;
        String url = settings.publicUrl();
        this.publicUrl = url == null || url.isBlank() ? null : url.strip().replaceAll("/+$", "");
    }

    /**
     * The scheme of a channel.
     *
     * @param provider the provider
     * @param config   the channel's
     * @return how its webhooks are verified
     */
    public Authenticator of(Provider provider, ChannelConfig config) {
        SecretHeader header = new SecretHeader(config.secretHeader());
        return switch (provider) {
            case META, GOWA -> hmac(Hmac.SHA256, "sha256=", SignedBody.BODY, null, "X-Hub-Signature-256");
            case TWILIO -> new TwilioSignature(publicUrl);
            case WAHA -> hmac(Hmac.SHA512, "", SignedBody.BODY, null, "X-Webhook-Hmac");
            case ZERNIO -> hmac(Hmac.SHA256, "", SignedBody.BODY, null, "X-Zernio-Signature", "X-Late-Signature");
            case CHATWOOT -> hmac(Hmac.SHA256, "sha256=", "{timestamp}.{body}", "X-Chatwoot-Timestamp", "X-Chatwoot-Signature");
            case EVOLUTION -> new SignedToken(false, header, tolerance, clock);
            case VONAGE -> new SignedToken(true, null, tolerance, clock);
            case GENERIC -> config.signature() == null ? header : signed(config.signature());
            case DIALOG360 -> new EitherAuthenticator(List.of(header,
                    hmac(Hmac.SHA256, "", SignedBody.BODY, null, DIALOG360_SIGNATURE),
                    hmac(Hmac.SHA256, "sha256=", SignedBody.BODY, null, DIALOG360_SIGNATURE)));
            case GUPSHUP, PASSTHROUGH, WHAPI, BAILEYS, UAZAPI, INFOBIP, YCLOUD -> header;
        };
    }

    /**
     * The scheme of somebody who is no provider.
     *
     * @param authentication {@code basic}, {@code token}, or a keyed hash, see {@link ChannelConfig.Signature}
     * @param signature      how it is signed; with {@code token}, its header holds the secret
     * @param element        which element of the header {@code name=value,name=value} is the signature, and the timestamp's
     *                       header names another one; empty if the header holds nothing but the signature
     * @return how its webhooks are verified
     */
    public Authenticator of(String authentication, ChannelConfig.Signature signature, String element) {
        return switch (authentication) {
            case "basic" -> new BasicPassword();
            case "token" -> new SecretHeader(signature.header());
            default -> element.isEmpty() ? signed(signature) : new SignedElements(signature.header(), element, signed(
                    new ChannelConfig.Signature(element, signature.algorithm(), signature.encoding(), signature.prefix(),
                            signature.template(), signature.timestampHeader())));
        };
    }

    private Authenticator signed(ChannelConfig.Signature signature) {
        String timestamp = signature.timestampHeader();
        return new SignedBody(List.of(signature.header()), Hmac.of(signature.algorithm()),
                "base64".equals(signature.encoding()), signature.prefix() == null ? "" : signature.prefix(),
                signature.template() == null ? SignedBody.BODY : signature.template(),
                timestamp == null ? "X-Webhook-Timestamp" : timestamp, tolerance, clock, publicUrl);
    }

    private Authenticator hmac(Hmac hmac, String prefix, String template, String timestamp, String... headers) {
        return new SignedBody(List.of(headers), hmac, false, prefix, template, timestamp, tolerance, clock, publicUrl);
    }
}
