package io.clickthread.conversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.account.Tokens;
import io.clickthread.graph.GraphCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What Meta's Conversions API for Business Messaging wants: {@code POST /{dataset}/events}, ids of the channel in clear,
 * personal data hashed, no field that was not given.
 */
@Component("metaEvents")
public class MetaEvents {

    private final ObjectMapper mapper;
    private final Accounts accounts;
    private final Tokens tokens;

    MetaEvents(ObjectMapper mapper, Accounts accounts, Tokens tokens) {
        this.mapper = mapper;
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /**
     * The next call of a delivery.
     *
     * @param delivery one that is open
     * @return the call, with its account's token
     */
    public GraphCall call(DeliveryBatch delivery) {
        List<Conversion> conversions = delivery.nextCall();
        Conversion first = conversions.get(0);
        Account account = accounts.find(first.accountId());
        try {
            GraphCall call = new GraphCall("POST", first.datasetId() + "/events", null, tokens.open(account),
                    mapper.writeValueAsBytes(payload(conversions)));
            delivery.handOut();
            return call;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // maps of texts and numbers
        }
    }

    /** The body of the request; all conversions have the same test code or none. */
    static Map<String, Object> payload(List<Conversion> conversions) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("data", conversions.stream().map(MetaEvents::event).toList());
        put(body, "test_event_code", conversions.get(0).testCode());
        return body;
    }

    private static Map<String, Object> event(Conversion conversion) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("whatsapp_business_account_id", conversion.wabaId());
        user.put("ctwa_clid", conversion.clickId());
        put(user, "em", conversion.emailHash());
        put(user, "external_id", conversion.externalIdHash());

        Map<String, Object> custom = new LinkedHashMap<>();
        put(custom, "value", conversion.value());
        put(custom, "currency", conversion.currency());
        put(custom, "content_ids", conversion.contentIds());
        if (conversion.customData() != null) {
            conversion.customData().fields().forEachRemaining(field -> custom.put(field.getKey(), field.getValue()));
        }

        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event_name", conversion.eventName());
        event.put("event_time", conversion.eventTime());
        event.put("event_id", conversion.eventId());
        event.put("action_source", "business_messaging");
        event.put("messaging_channel", "whatsapp");
        event.put("user_data", user);
        if (!custom.isEmpty()) {
            event.put("custom_data", custom);
        }
        if (conversion.outcomeType() != null) {
            event.put("messaging_outcome_data", Map.of("outcome_type", conversion.outcomeType()));
        }
        return event;
    }

    private static void put(Map<String, Object> map, String key, Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
