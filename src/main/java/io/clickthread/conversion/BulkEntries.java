package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.http.Problem;
import io.clickthread.http.Problems;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Gathers what the steps of a {@code split} over conversions made of each, as a {@code List<BulkEntry>}. A {@link Problem} refuses
 * its conversion alone; any other failure fails all of them.
 */
@Component("bulkEntries")
public class BulkEntries implements AggregationStrategy {

    /**
     * Adds a conversion.
     *
     * @param gathered  null for the first one
     * @param processed with the {@link BulkItem} in the variable {@code item}, and a {@link NewConversion} as its body unless it failed
     * @return the exchange whose body is the list
     */
    @Override
    public Exchange aggregate(Exchange gathered, Exchange processed) {
        Exception failure = processed.getException();
        Object body = processed.getMessage().getBody();
        String eventId = eventId(processed.getVariable("item", BulkItem.class));
        Exchange result = gathered;
        if (result == null) {
            result = processed;
            result.setException(null); // it goes on as the request
            result.getMessage().setBody(new ArrayList<BulkEntry>());
        }
        Problem problem = Problems.in(failure);
        if (problem != null) {
            entries(result).add(new BulkEntry(eventId, null, problem));
        } else if (failure != null) {
            result.setException(failure);
        } else {
            entries(result).add(new BulkEntry(eventId, (NewConversion) body, null));
        }
        return result;
    }

    private static String eventId(BulkItem item) {
        JsonNode eventId = item.fields() == null ? null : item.fields().get("eventId");
        return eventId == null || eventId.asText().length() > 512 ? null : eventId.textValue();
    }

    @SuppressWarnings("unchecked")
    private static List<BulkEntry> entries(Exchange exchange) {
        return (List<BulkEntry>) exchange.getMessage().getBody();
    }
}
