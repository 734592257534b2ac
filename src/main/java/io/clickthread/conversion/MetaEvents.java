package io.clickthread.conversion;

import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.account.Tokens;
import io.clickthread.conversion.MetaPayload.Event;
import io.clickthread.conversion.MetaPayload.MessagingOutcome;
import io.clickthread.conversion.MetaPayload.UserData;
import io.clickthread.graph.GraphCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Makes the calls of deliveries. */
@Component("metaEvents")
public class MetaEvents {

    private static final String BEHIND = "It goes after an earlier conversion of its conversation, which is not delivered yet.";

    private final Accounts accounts;
    private final Tokens tokens;
    private final BeforeSend beforeSend;
    private final PendingResults pending;

    MetaEvents(Accounts accounts, Tokens tokens, BeforeSend beforeSend, PendingResults pending) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.beforeSend = beforeSend;
        this.pending = pending;
    }

    /**
     * What the next call of a delivery says. What the route {@code before-send} holds is left out, with what is behind it in its
     * conversation.
     *
     * @param delivery one that is open
     * @return the payload; without events if nothing is left to send
     */
    public MetaPayload payload(DeliveryBatch delivery) {
        List<Conversion> conversions = delivery.nextCall();
        if (!beforeSend.isThere()) {
            return payload(conversions);
        }
        List<AttemptResult> held = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (Conversion conversion : conversions) {
            try {
                events.add(beforeSend.event(event(conversion)));
            } catch (Exception e) {
                held.add(beforeSend.held(conversion, e));
            }
        }
        if (held.isEmpty()) {
            return new MetaPayload(events, conversions.get(0).testCode());
        }
        leaveOut(delivery, held);
        return delivery.isOpen() ? payload(delivery) : new MetaPayload(List.of(), null);
    }

    private void leaveOut(DeliveryBatch delivery, List<AttemptResult> held) {
        Map<String, AttemptResult> out = new LinkedHashMap<>();
        held.forEach(one -> out.put(one.conversion().id(), one));
        Set<String> conversations = held.stream().map(one -> one.conversion().conversationId()).collect(Collectors.toSet());
        delivery.left().stream().filter(one -> conversations.contains(one.conversationId()))
                .forEach(one -> out.putIfAbsent(one.id(), AttemptResult.givenBack(one, BEHIND)));
        pending.keep(List.copyOf(out.values()));
        delivery.leaveOut(List.copyOf(out.values()));
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
        return custom;
    }
}
