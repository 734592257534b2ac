package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.http.ApiResponse;
import java.util.Map;
import java.util.Set;

/**
 * Reads one provider's webhooks. It is handed what somebody vouches for, and yet anything: an adapter never throws for what
 * a webhook says, keeps to what it knows and ignores the rest, and takes one message's faults for no other's.
 */
interface Adapter {

    /** Whose webhooks it reads. */
    Set<Provider> providers();

    /** Whether they are forms, read as an object of the fields' first values, rather than JSON. */
    default boolean takesForms() {
        return false;
    }

    /** What the provider wants to hear once all is durable. */
    default ApiResponse received() {
        return ApiResponse.ok(Map.of("received", true));
    }

    /**
     * What the click id is called besides the names that all know, perhaps with the field around it ({@code ad.click}), so
     * that one which was not read is noticed.
     *
     * @param channel the channel of the webhook
     * @return a name, or null
     */
    default String clickIdName(Channel channel) {
        return null;
    }

    /**
     * Reads a webhook.
     *
     * @param body    its JSON, whatever it is
     * @param reading takes what it says; {@link ParsedWebhook#unreadable} for a body that is no webhook of this provider,
     *                {@link ParsedWebhook#passOver} for what is deliberately left: words about an ad that are neither taken nor
     *                passed over quarantine the webhook
     */
    void read(JsonNode body, ParsedWebhook reading);

    /**
     * Reads the provider's words for a referral.
     *
     * @param evidence as {@link RawReferral} kept them
     * @return the referral, or null if they say nothing of an ad
     */
    Referral referral(JsonNode evidence);
}
