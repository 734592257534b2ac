package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * WAHA's webhooks: one message each, without a field of its own for ads; they are in {@code _data}, which is what the engine
 * says, here NOWEB.
 */
@Component
@Profile("local")
class WahaClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.WAHA);
    }

    @Override
    public Known known() {
        return Known.LID;
    }

    @Override
    public String messageId(byte[] random) {
        return Linked.messageId(random);
    }

    @Override
    public Map<String, String> headers(Object body, Instant now) {
        return Map.of("X-Webhook-Hmac-Algorithm", "sha512", "X-Webhook-Request-Id", UUID.randomUUID().toString(),
                "X-Webhook-Timestamp", Long.toString(now.toEpochMilli()));
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        Person person = people.get(0);
        String chat = Linked.jid(person, "c.us");
        return Fields.of("id", "evt_" + person.messageId().toLowerCase(Locale.ROOT), "timestamp", now.toEpochMilli(),
                "event", "message", "session", channel.key(), "engine", "NOWEB",
                "me", Fields.of("id", Numbers.of(channel) + "@c.us", "pushName", "Clickthread Demo"),
                "payload", Fields.of("id", "false_" + chat + "_" + person.messageId(), "timestamp", now.getEpochSecond(),
                        "from", chat, "fromMe", false, "source", "app", "body", ClickOrder.WORDS, "hasMedia", false,
                        "ack", 2, "_data", BaileysClicks.message(order, person, now)));
    }
}
