package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Infobip's webhooks: several messages in {@code results}, the ad in {@code message.referral} in words of its own. No webhook
 * without a phone number is documented.
 */
@Component
@Profile("local")
class InfobipClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.INFOBIP);
    }

    @Override
    public Known known() {
        return Known.NOTHING;
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

    @Override
    public boolean takesMany(Channel channel) {
        return true;
    }

    @Override
    public String messageId(byte[] random) {
        return "ABGG" + Base64.getUrlEncoder().encodeToString(random);
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        return Fields.of("results", people.stream().map(person -> result(order, person, channel, now)).toList(),
                "messageCount", people.size(), "pendingMessageCount", 0);
    }

    private static Map<String, Object> result(ClickOrder order, Person person, Channel channel, Instant now) {
        return Fields.of("from", person.phone(), "to", Numbers.of(channel), "integrationType", "WHATSAPP",
                "receivedAt", TIME.format(now), "messageId", person.messageId(),
                "message", Fields.of("type", "TEXT", "text", ClickOrder.WORDS, "referral", referral(order, person)),
                "contact", Fields.of("name", order.name()), "price", Fields.of("pricePerMessage", 0, "currency", "EUR"));
    }

    private static Map<String, Object> referral(ClickOrder order, Person person) {
        return !order.referral() ? null : Fields.of("sourceType", "AD", "sourceId", order.adId(),
                "sourceUrl", order.sourceUrl(), "headline", order.headline(), "body", ClickOrder.BODY,
                "referralMedia", Fields.of("type", "IMAGE", "url", order.picture()), "ctwaClickId", person.clickId());
    }
}
