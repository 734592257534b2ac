package io.clickthread.conversion;

import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.account.Tokens;
import io.clickthread.conversion.MetaPayload.Event;
import io.clickthread.conversion.MetaPayload.MessagingOutcome;
import io.clickthread.conversion.MetaPayload.UserData;
import io.clickthread.graph.GraphCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Makes the calls of deliveries. */
@Component("metaEvents")
public class MetaEvents {

    private final Accounts accounts;
    private final Tokens tokens;

    MetaEvents(Accounts accounts, Tokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /**
     * What the next call of a delivery says.
     *
     * @param delivery one that is open
     * @return the payload
     */
    public MetaPayload payload(DeliveryBatch delivery) {
        return payload(delivery.nextCall());
    }

    /**
     * The next call of a delivery. It may leave from now on.
     *
     * @param delivery whose payload it is
     * @param payload  as JSON
     * @return the call, with its account's token
     */
    public GraphCall call(DeliveryBatch delivery, byte[] payload) {
        Conversion first = delivery.call().get(0);
        Account account = accounts.find(first.accountId());
        GraphCall call = new GraphCall("POST", first.datasetId() + "/events", null, tokens.open(account), payload);
        delivery.handOut();
        return call;
    }

    /** The body of the request; all conversions have the same test code or none. */
    static MetaPayload payload(List<Conversion> conversions) {
        return new MetaPayload(conversions.stream().map(MetaEvents::event).toList(), conversions.get(0).testCode());
    }

    private static Event event(Conversion conversion) {
        return new Event(conversion.eventName(), conversion.eventTime(), conversion.eventId(), "business_messaging", "whatsapp",
                new UserData(conversion.wabaId(), conversion.clickId(), conversion.emailHash(), conversion.externalIdHash()),
                customData(conversion), conversion.outcomeType() == null ? null : new MessagingOutcome(conversion.outcomeType()));
    }

    private static Map<String, Object> customData(Conversion conversion) {
        Map<String, Object> custom = new LinkedHashMap<>();
        custom.put("value", conversion.value());
        custom.put("currency", conversion.currency());
        custom.put("content_ids", conversion.contentIds());
        custom.values().removeIf(java.util.Objects::isNull);
        if (conversion.customData() != null) {
            conversion.customData().fields().forEachRemaining(field -> custom.put(field.getKey(), field.getValue()));
        }
        return custom.isEmpty() ? null : custom;
    }
}
