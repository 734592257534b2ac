package io.clickthread.webhook;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.InboundWebhook;
import io.clickthread.capture.IngestResult;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Channel;
import io.clickthread.channel.ChannelHealth;
import io.clickthread.channel.ChannelWebhook;
import io.clickthread.channel.Provider;
import io.clickthread.http.ApiResponse;
import io.clickthread.http.Form;
import io.clickthread.http.Request;
import io.clickthread.system.JsonConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads the webhooks of all providers, each by its adapter; whoever sent it, what comes out looks alike. */
@Component("adapters")
public class Adapters {

    private final Map<Provider, Adapter> byProvider = new EnumMap<>(Provider.class);
    private final ObjectMapper mapper;
    private final ChannelHealth health;

    Adapters(List<Adapter> adapters, ObjectMapper mapper, ChannelHealth health) {
        adapters.forEach(adapter -> adapter.providers().forEach(provider -> byProvider.put(provider, adapter)));
        this.mapper = mapper;
        this.health = health;
    }

    /**
     * Reads a channel's webhook.
     *
     * @param webhook whose secret was good
     * @return what it says
     */
    public InboundWebhook read(ChannelWebhook webhook) {
        return parse(webhook.channel().provider(), webhook.channel(), webhook.body());
    }

    /**
     * Reads a webhook of Meta's, which names its channels itself.
     *
     * @param request whose signature was good
     * @return what it says
     */
    public InboundWebhook readMeta(Request request) {
        InboundWebhook webhook = parse(Provider.META, null, request.body());
        webhook.channels().forEach(key -> health.received(webhook.provider(), key));
        return webhook;
    }

    /**
     * What the provider gets to hear. Whapi sends again until it hears 200, Evolution drops a webhook for any 4xx.
     *
     * @param result whatever came of its webhook
     * @return {@code {received: true}}, unless the provider reads answers in a form of its own
     */
    public ApiResponse received(IngestResult result) {
        return byProvider.get(Provider.of(result.webhook().provider())).received();
    }

    /**
     * Reads the bytes of a webhook.
     *
     * @param provider who sent it
     * @param channel  the channel it came by; null for a webhook of Meta's that names its channels itself
     * @param raw      as they came
     * @return what they say
     */
    InboundWebhook parse(Provider provider, Channel channel, byte[] raw) {
        Adapter adapter = byProvider.get(provider);
        String ownName = channel == null ? null : adapter.clickIdName(channel);
        ParsedWebhook reading = new ParsedWebhook(channel, AdTraces.in(raw, ownName));
        JsonNode body = adapter.takesForms() ? form(raw) : json(raw, reading);
        if (body == null) {
            reading.unreadable(adapter.takesForms() ? "It is no form." : "It is not valid JSON.");
        } else {
            adapter.read(body, reading);
            String left = reading.mayTellOfAnAd() && reading.isReadable()
                    ? new AdWords(mapper, reading, ownName).leftIn(body) : null;
            if (left != null) {
                reading.unreadable("Words about an ad stand in it at " + left + ", but no message with them was found.");
            }
        }
        return reading.close(provider.provider(), raw);
    }

    /**
     * Reads a provider's stored words for a referral again.
     *
     * @param provider whose words they are; may be null
     * @param evidence the words, as {@link RawReferral} kept them
     * @return the referral, or null if they say nothing of an ad
     */
    Referral reread(String provider, String evidence) {
        Adapter adapter = byProvider.get(Provider.of(provider));
        JsonNode words = json(evidence.getBytes(StandardCharsets.UTF_8), new ParsedWebhook(null, false));
        return adapter == null || words == null ? null : adapter.referral(words);
    }

    /** The adapter of a provider. */
    Adapter of(Provider provider) {
        return byProvider.get(provider);
    }

    private JsonNode json(byte[] raw, ParsedWebhook reading) {
        try {
            return mapper.readTree(raw);
        } catch (StreamConstraintsException e) {
            reading.unreadable("It is too much JSON: more than " + JsonConfiguration.MOST_TOKENS + " names and values, or nested "
                    + "deeper than " + JsonConfiguration.DEEPEST + ".");
            return null;
        } catch (IOException | NumberFormatException e) { // of an exponent that no number has
            return null;
        }
    }

    private JsonNode form(byte[] raw) {
        ObjectNode fields = mapper.createObjectNode();
        try {
            Form.parse(raw).forEach((name, values) -> fields.put(name, values.get(0)));
        } catch (IllegalArgumentException e) {
            return null;
        }
        return fields;
    }
}
