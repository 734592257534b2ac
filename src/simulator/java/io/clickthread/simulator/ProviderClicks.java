package io.clickthread.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the webhooks of a provider. What they look like is taken from the provider's documentation and never from the
 * adapter that will read them, or the two would agree on the same mistake.
 */
interface ProviderClicks {

    /** JSON, which most providers send. */
    String JSON = "application/json";

    /** Whose webhooks it makes. */
    Set<Provider> providers();

    /** What people are known by besides their phone number, and alone if they hide it. */
    Known known();

    /** Whether one webhook may hold the messages of several people. */
    default boolean takesMany(Channel channel) {
        return false;
    }

    /**
     * The id of a message: WhatsApp's own, unless the provider has others.
     *
     * @param random 24 random bytes
     */
    default String messageId(byte[] random) {
        return "wamid." + Base64.getUrlEncoder().encodeToString(random);
    }

    /**
     * A webhook.
     *
     * @param order   the ad and the business
     * @param people  whose messages it holds: one, unless the provider takes many
     * @param channel where it will be delivered; null for Meta's usual address
     * @param now     when the messages were sent
     */
    Object body(ClickOrder order, List<Person> people, Channel channel, Instant now);

    /** Whether its webhooks have Meta's form. */
    default boolean isMetas() {
        return false;
    }

    /**
     * The webhooks that follow the first one, in their order.
     *
     * @param order   the ad and the business
     * @param people  whose messages the first one held
     * @param channel where they will be delivered; null for Meta's usual address
     * @param now     when the messages were sent
     */
    default List<Object> more(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        return List.of();
    }

    /** How it is written. */
    default byte[] write(Object body, ObjectMapper mapper) throws JsonProcessingException {
        return mapper.writeValueAsBytes(body);
    }

    /** The headers that the provider sends besides those that vouch for the webhook {@code body}. */
    default Map<String, String> headers(Object body, Instant now) {
        return Map.of();
    }

    /** As what it is sent. */
    default String contentType() {
        return JSON;
    }
}
