package io.clickthread.source;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.stereotype.Component;

/**
 * The step that maps a message: it calls the route that starts from {@code direct:map-<name>}, where the name is that of the message's
 * source, of {@code webhook/<name>} the last part. It knows the routes that were loaded and calls no other, so that nothing that a
 * message says can become an address. Without such a route the message is in the fields of the API and stays as it is.
 */
@Component("sourceMapping")
public class SourceMapping extends AsyncProcessorSupport {

    private static final String START = "direct://map-";
    private static final String MESSAGE = "message";

    private final CamelContext camel;
    private volatile Map<String, AsyncProducer> mappings;

    SourceMapping(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            SourceMessage message = exchange.getVariable(MESSAGE, SourceMessage.class);
            AsyncProducer mapping = mappings().get(message.source().replace(SenderWebhooks.PREFIX, ""));
            if (mapping != null) {
                Object before = exchange.getMessage().getBody();
                return mapping.process(exchange, done -> {
                    dropFiltered(exchange, before);
                    callback.done(done);
                });
            }
        } catch (Exception e) { // as every step does: the route's error policy decides
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    /** What a mapping's filter held back comes out as it went in. */
    private static void dropFiltered(Exchange exchange, Object before) {
        if (exchange.getMessage().getBody() == before) {
            exchange.getMessage().setBody(null);
        }
    }

    private Map<String, AsyncProducer> mappings() throws Exception {
        Map<String, AsyncProducer> known = mappings;
        if (known == null) {
            known = new TreeMap<>();
            for (Route route : camel.getRoutes()) {
                Endpoint start = route.getEndpoint();
                if (start.getEndpointUri().startsWith(START)) {
                    AsyncProducer producer = start.createAsyncProducer();
                    ServiceHelper.startService(producer);
                    known.put(start.getEndpointUri().substring(START.length()).replaceFirst("\\?.*", ""), producer);
                }
            }
            if (camel.isStarted()) { // before, some may be missing; none is added later
                mappings = known;
            }
        }
        return known;
    }
}
