package io.clickthread.channel;

/**
 * A webhook that its channel's secret has authenticated.
 *
 * @param channel the channel
 * @param body    the exact bytes
 */
public record ChannelWebhook(Channel channel, byte[] body) {

    @Override
    public String toString() {
        return "ChannelWebhook[" + channel + ", " + body.length + " bytes]"; // the rest is a person's
    }
}
