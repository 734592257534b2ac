package io.clickthread.webhook;

import io.clickthread.capture.InboundWebhook;
import io.clickthread.channel.ChannelWebhook;
import io.clickthread.http.Request;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.stereotype.Component;

/**
 * The data format {@code webhookFormat}: unmarshals the webhook of any provider into an {@link InboundWebhook}, by the adapter of
 * the channel that it came by. A webhook that nobody can read is one, too; it says why.
 */
@Component("webhookFormat")
public class WebhookFormat extends ServiceSupport implements DataFormat {

    private final Adapters adapters;

    WebhookFormat(Adapters adapters) {
        this.adapters = adapters;
    }

    /**
     * Reads a webhook.
     *
     * @param exchange whose webhook it is
     * @param body     a {@link ChannelWebhook} whose secret was good, or the {@link Request} of Meta whose signature was good
     * @return an {@link InboundWebhook}
     */
    @Override
    public Object unmarshal(Exchange exchange, Object body) {
        return body instanceof ChannelWebhook webhook ? adapters.read(webhook) : adapters.readMeta((Request) body);
    }

    /** Not supported: a stream does not say whose webhook it is. */
    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) {
        throw new UnsupportedOperationException("webhookFormat reads a verified request, not a stream");
    }

    /** Not supported: nobody is sent a webhook of a provider's. */
    @Override
    public void marshal(Exchange exchange, Object webhook, OutputStream stream) {
        throw new UnsupportedOperationException("webhookFormat does not write");
    }
}
