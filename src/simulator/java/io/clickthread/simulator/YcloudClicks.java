package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.local.DemoAccount;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** YCloud's webhooks: one message each, the ad in {@code whatsappInboundMessage.referral} in Meta's words. */
@Component
@Profile("local")
class YcloudClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.YCLOUD);
    }

    @Override
    public Known known() {
        return Known.USER_ID;
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        Person person = people.get(0);
        return Fields.of("id", "evt_" + UUID.randomUUID(), "type", "whatsapp.inbound_message.received", "apiVersion", "v2",
                "createTime", now.toString(),
                "whatsappInboundMessage", Fields.of("id", UUID.randomUUID().toString().replace("-", ""),
                        "wamid", person.messageId(), "wabaId", DemoAccount.WABA_ID,
                        "from", person.phone() == null ? null : "+" + person.phone(), "fromUserId", person.userId(),
                        "customerProfile", Fields.of("name", order.name()), "to", "+" + Numbers.of(channel),
                        "sendTime", now.toString(), "type", "text", "text", Fields.of("body", ClickOrder.WORDS),
                        "referral", MetaClicks.referral(order, person)));
    }
}
