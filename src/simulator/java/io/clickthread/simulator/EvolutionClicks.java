package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Evolution API's webhooks, as version 2 sends them: one message each, the ad in {@code contextInfo} beside the message, the
 * person by linked id and, unless it is hidden, by number.
 */
@Component
@Profile("local")
class EvolutionClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.EVOLUTION);
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
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        Person person = people.get(0);
        return Fields.of("event", "messages.upsert", "instance", channel.key(),
                "data", Fields.of("key", Fields.of("id", person.messageId(), "fromMe", false, "remoteJid", Linked.lid(person),
                                "remoteJidAlt", person.phone() == null ? null : Linked.jid(person, "s.whatsapp.net")),
                        "pushName", order.name(), "status", "DELIVERY_ACK", "message", Fields.of("conversation", ClickOrder.WORDS),
                        "messageType", "conversation", "messageTimestamp", now.getEpochSecond(), "source", "android",
                        "contextInfo", Linked.context(order, person)),
                "date_time", now.toString(), "sender", Numbers.of(channel) + "@s.whatsapp.net",
                "server_url", "https://evolution.example");
    }
}
