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
 * The messages of the Baileys library as it emits them with {@code messages.upsert}: several at once, the ad inside the message.
 */
@Component
@Profile("local")
class BaileysClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.BAILEYS);
    }

    @Override
    public Known known() {
        return Known.LID;
    }

    @Override
    public boolean takesMany(Channel channel) {
        return true;
    }

    @Override
    public String messageId(byte[] random) {
        return Linked.messageId(random);
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        return Fields.of("messages", people.stream().map(person -> message(order, person, now)).toList(), "type", "notify");
    }

    /** One message as the library shows it, which WAHA's engine NOWEB hands on, too. */
    static Object message(ClickOrder order, Person person, Instant now) {
        return Fields.of("key", Fields.of("remoteJid", Linked.jid(person, "s.whatsapp.net"), "fromMe", false,
                        "id", person.messageId()),
                "messageTimestamp", now.getEpochSecond(), "pushName", order.name(), "broadcast", false,
                "message", Fields.of("extendedTextMessage", Fields.of("text", ClickOrder.WORDS,
                        "contextInfo", Linked.context(order, person))));
    }
}
