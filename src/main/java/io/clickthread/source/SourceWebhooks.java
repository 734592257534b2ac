package io.clickthread.source;

import io.clickthread.channel.Authenticators;
import io.clickthread.channel.ChannelConfig;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.system.SourceOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Webhooks of sources that route files bring: a use of the template {@code source-webhook} says how its sender signs. */
@Component("sourceWebhooks")
public class SourceWebhooks {

    private static final String SECRET = "secret";

    private final Map<String, SourceGuard> guards = new ConcurrentHashMap<>(); // as many as there are routes
    private final Authenticators schemes;
    private final SourceOptions options;

    SourceWebhooks(Authenticators schemes, SourceOptions options) {
        this.schemes = schemes;
        this.options = options;
    }

    /**
     * Lets the webhook of a source pass that its sender signed. The arguments are the parameters of the route template
     * {@code source-webhook}; the secret is the source's setting.
     *
     * @param request        the webhook
     * @param source         the source's name
     * @param authentication how the sender is known
     * @param header         the header with the signature or the secret
     * @param encoding       how the signature is written
     * @param prefix         what stands before the signature
     * @param signed         what is signed, see {@link ChannelConfig.Signature}
     * @param timestamp      the header, or the element of it, with the time
     * @param element        the element of the header with the signature, see {@link Authenticators}
     * @return the message
     * @throws Problem 401 for a missing, malformed or wrong signature, or an old one
     */
    public SourceMessage verify(Request request, String source, String authentication, String header, String encoding,
                                String prefix, String signed, String timestamp, String element) {
        SourceGuard guard = guards.computeIfAbsent(source, name -> SourceGuard.of(schemes.of(authentication,
                new ChannelConfig.Signature(header, authentication, encoding, prefix, signed, timestamp), element),
                options.get(name, SECRET)));
        if (!guard.lets(request)) {
            throw Problem.of(401, "authentication_error", "invalid_signature", "The webhook was refused: "
                    + guard.scheme().expects("the secret of " + SourceOptions.variable(source, SECRET)) + ".");
        }
        return new SourceMessage(source, null, request.body());
    }
}
