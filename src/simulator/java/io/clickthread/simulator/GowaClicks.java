package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The webhooks of go-whatsapp-web-multidevice: one message each, the ad in {@code payload.referral}. */
@Component
@Profile("local")
class GowaClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.GOWA);
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
        String chat = Linked.jid(person, "s.whatsapp.net");
        return Fields.of("event", "message", "device_id", channel.key(),
                "payload", Fields.of("id", person.messageId(), "chat_id", chat, "from", chat, "from_lid", Linked.lid(person),
                        "from_name", order.name(), "timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString(),
                        "is_from_me", false, "body", ClickOrder.WORDS, "referral", referral(order, person)));
    }

    private static Map<String, Object> referral(ClickOrder order, Person person) {
        return !order.referral() ? null : Fields.of("ctwa_clid", person.clickId(), "source_url", order.sourceUrl(),
                "source_id", order.adId(), "source_app", "facebook", "source_type", "ad", "ad_type", "CTWA",
                "media_type", "IMAGE", "ad_title", order.headline(), "ad_body", ClickOrder.BODY,
                "thumbnail_url", order.picture(), "original_image_url", order.picture(), "show_ad_attribution", true,
                "greeting_message_body", ClickOrder.GREETING);
    }
}
