package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Whapi.Cloud's webhooks in the mode {@code body}: the ad in {@code context.ad}, several messages in one webhook. */
@Component
@Profile("local")
class WhapiClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.WHAPI);
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
        return Base64.getUrlEncoder().encodeToString(random).substring(0, 20) + "-gHR9tMeGQA";
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        return Fields.of("messages", people.stream().map(person -> message(order, person, now)).toList(),
                "event", Fields.of("type", "messages", "event", "post"), "channel_id", channel.key());
    }

    private static Map<String, Object> message(ClickOrder order, Person person, Instant now) {
        String chat = Linked.jid(person, "s.whatsapp.net");
        return Fields.of("id", person.messageId(), "from_me", false, "type", "text", "chat_id", chat,
                "timestamp", now.getEpochSecond(), "source", "mobile", "text", Map.of("body", ClickOrder.WORDS),
                "context", order.referral() ? context(order, person) : null,
                "from", person.phone() == null ? chat : person.phone(), "from_name", order.name());
    }

    private static Map<String, Object> context(ClickOrder order, Person person) {
        return Fields.of("ad", Fields.of("title", order.headline(), "body", ClickOrder.BODY, "media_type", "image",
                        "preview", Linked.PREVIEW, "preview_url", order.picture(), "media_url", order.picture(),
                        "source", Fields.of("id", order.adId(), "type", "ad", "url", order.sourceUrl()),
                        "auto_reply", true, "attrib", true, "ctwa", person.clickId(), "ref", ""),
                "conversion", Fields.of("source", "FB_Ads", "data", Linked.CONVERSION, "delay", 5));
    }
}
