package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Chatwoot's webhooks {@code message_created}: one message each, the ad in {@code content_attributes.referral} in Meta's words. A
 * person without a phone number is a contact with an id.
 */
@Component
@Profile("local")
class ChatwootClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.CHATWOOT);
    }

    @Override
    public Known known() {
        return Known.CONTACT_ID;
    }

    @Override
    public Map<String, String> headers(Object body, Instant now) {
        return Map.of("X-Chatwoot-Delivery", UUID.randomUUID().toString());
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        Person person = people.get(0);
        return Fields.of("event", "message_created", "id", ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE),
                "content", ClickOrder.WORDS, "content_type", "text", "message_type", "incoming", "private", false,
                "source_id", person.messageId(), "created_at", now.toString(),
                "content_attributes", Fields.of("referral", MetaClicks.referral(order, person)),
                "sender", Fields.of("id", person.contactId(), "name", order.name(), "type", "contact",
                        "phone_number", person.phone() == null ? null : "+" + person.phone()),
                "conversation", Fields.of("id", person.contactId(), "channel", "Channel::Whatsapp", "status", "open"),
                "inbox", Fields.of("id", Numbers.inbox(channel), "name", "WhatsApp"),
                "account", Fields.of("id", 1, "name", "Clickthread Demo"));
    }
}
