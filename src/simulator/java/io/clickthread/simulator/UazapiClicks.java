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

/** uazapi's webhooks: one message each, with the ad as libraries in Go name its fields. */
@Component
@Profile("local")
class UazapiClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.UAZAPI);
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
        String owner = Numbers.of(channel);
        return Fields.of("BaseUrl", "https://uazapi.example", "EventType", "messages", "instanceName", channel.key(),
                "owner", owner, "message", Fields.of("id", owner + ":" + person.messageId(), "messageid", person.messageId(),
                        "chatid", Linked.jid(person, "s.whatsapp.net"), "fromMe", false, "isGroup", false,
                        "messageTimestamp", now.toEpochMilli(), "messageType", "ExtendedTextMessage", "type", "text",
                        "sender", Linked.lid(person), "sender_lid", Linked.lid(person),
                        "sender_pn", person.phone() == null ? "" : Linked.jid(person, "s.whatsapp.net"),
                        "senderName", order.name(), "text", ClickOrder.WORDS, "wasSentByApi", false,
                        "content", Fields.of("text", ClickOrder.WORDS, "contextInfo", Linked.goContext(order, person))));
    }
}
