package io.clickthread.channel;

import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.security.Vault;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Lets webhooks pass that their channel's secret vouches for, before anything of them is read. */
@Component("webhookVerifier")
public class WebhookVerifier {

    private final Channels channels;
    private final ChannelHealth health;
    private final Authenticators schemes;
    private final Vault vault;
    private final Clock clock;

    WebhookVerifier(Channels channels, ChannelHealth health, Authenticators schemes, Vault vault, Clock clock) {
        this.channels = channels;
        this.health = health;
        this.schemes = schemes;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * Verifies a webhook at {@code /webhooks/{provider}/{key}}.
     *
     * @param request the webhook
     * @return the webhook with its channel
     * @throws Problem 404 if there is no such channel; 401 for a missing, malformed, wrong or old signature, and for a
     *                 channel without a secret
     */
    public ChannelWebhook verify(Request request) {
        String provider = request.path().split("/")[2];
        Channel channel = channels.find(provider, request.path("key"));
        if (channel == null) {
            throw Problem.notFound("channel_not_found", "There is no channel at this address. POST "
                    + "/api/v1/accounts/{accountId}/channels makes one; its answer names the address.");
        }
        Authenticator scheme = schemes.of(channel.provider(), channel.config());
        if (!fits(scheme, request, channel.sealedSecret(), channel) & !fitsFormer(scheme, request, channel)) {
            String expected = channel.sealedSecret() == null ? "the channel has no secret yet; set one with PUT" : scheme.expects("the channel's secret");
            health.count(provider, "refused");
            health.refused(channel, "Refused: " + expected + ".");
            throw Problem.of(401, "authentication_error", "invalid_signature", "The webhook was refused: " + expected + ".");
        }
        health.count(provider, "received");
        health.received(provider, channel.key());
        return new ChannelWebhook(channel, request.body());
    }

    private boolean fitsFormer(Authenticator scheme, Request request, Channel channel) {
        return channel.formerUntil() != null && clock.instant().isBefore(channel.formerUntil())
                && fits(scheme, request, channel.formerSecret(), channel);
    }

    private boolean fits(Authenticator scheme, Request request, byte[] sealed, Channel channel) {
        return sealed != null && scheme.fits(request, vault.open(sealed, channel.id()));
    }
}
