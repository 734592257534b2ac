package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Zernio's webhooks {@code message.received}: one message each, the ad in {@code metadata.referral} in Meta's words. */
@Component
@Profile("local")
class ZernioClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.ZERNIO);
    }

    @Override
    public Known known() {
        return Known.USER_ID;
    }

    @Override
    public Map<String, String> headers(Object body, Instant now) {
        return Map.of("X-Zernio-Event-Id", ((Map<?, ?>) body).get("id").toString());
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        Person person = people.get(0);
        String id = person.phone() == null ? person.userId() : person.phone();
        String conversation = UUID.nameUUIDFromBytes(person.userId().getBytes(StandardCharsets.UTF_8)).toString();
        return Fields.of("id", "evt_" + UUID.randomUUID(), "event", "message.received", "timestamp", now.toString(),
                "message", Fields.of("id", UUID.randomUUID().toString(), "conversationId", conversation,
                        "platform", "whatsapp", "platformMessageId", person.messageId(), "direction", "incoming",
                        "text", ClickOrder.WORDS, "attachments", List.of(),
                        "sender", Fields.of("id", id, "phoneNumber", person.phone() == null ? null : "+" + person.phone(),
                                "businessScopedUserId", person.userId(), "name", order.name()),
                        "sentAt", now.toString(), "isRead", false),
                "conversation", Fields.of("id", conversation, "platformConversationId", id, "status", "active"),
                "account", Fields.of("id", channel.key(), "platform", "whatsapp", "username", "clickthread-demo"),
                "metadata", order.referral() ? Fields.of("referral", MetaClicks.referral(order, person)) : null);
    }
}
