package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Vonage's webhooks: one message each, the ad in {@code whatsapp.referral} in Meta's words. How one without a phone number
 * looks is not known here.
 */
@Component
@Profile("local")
class VonageClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.VONAGE);
    }

    @Override
    public Known known() {
        return Known.NOTHING;
    }

    @Override
    public String messageId(byte[] random) {
        return UUID.nameUUIDFromBytes(random).toString();
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        Person person = people.get(0);
        return Fields.of("channel", "whatsapp", "message_uuid", person.messageId(), "to", Numbers.of(channel),
                "from", person.phone(), "timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString(),
                "profile", Fields.of("name", order.name()), "message_type", "text", "text", ClickOrder.WORDS,
                "whatsapp", order.referral() ? Fields.of("referral", MetaClicks.referral(order, person)) : null);
    }
}
