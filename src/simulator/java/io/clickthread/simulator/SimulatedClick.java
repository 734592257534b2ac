package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import java.util.List;
import java.util.Map;

/**
 * A click, ready to be delivered.
 *
 * @param order      what it is like
 * @param channel    where it goes; null for Meta's usual address
 * @param deliveries the requests that its provider makes, in their order; a duplicate has each twice
 */
public record SimulatedClick(ClickOrder order, Channel channel, List<Delivery> deliveries) {

    /**
     * One request of a provider's.
     *
     * @param path        its address on this server, below {@code /webhooks}
     * @param contentType what it carries
     * @param headers     what vouches for it
     * @param body        byte by byte
     */
    public record Delivery(String path, String contentType, Map<String, String> headers, byte[] body) {

        @Override
        public String toString() {
            return "Delivery[" + path + "]";
        }
    }

    @Override
    public String toString() {
        return "SimulatedClick[" + order.people().size() + "]";
    }
}
