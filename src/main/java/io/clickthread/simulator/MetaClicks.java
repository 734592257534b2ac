package io.clickthread.simulator;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.local.DemoAccount;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * WhatsApp Cloud API's webhooks, from Meta or from those who pass them on. Like Meta, it escapes slashes and everything
 * beyond ASCII.
 */
@Component
@Profile("local")
class MetaClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.META, Provider.DIALOG360, Provider.GUPSHUP, Provider.PASSTHROUGH);
    }

    @Override
    public Known known() {
        return Known.USER_ID;
    }

    @Override
    public boolean takesMany(Channel channel) {
        return true;
    }

    @Override
    public byte[] write(Object body, ObjectMapper mapper) throws JsonProcessingException {
        return mapper.writer().with(JsonGenerator.Feature.ESCAPE_NON_ASCII).writeValueAsString(body).replace("/", "\\/")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        List<Object> contacts = new ArrayList<>();
        List<Object> messages = new ArrayList<>();
        for (Person person : people) {
            contacts.add(contact(order, person));
            messages.add(message(order, person, now));
        }
        Object value = Fields.of("messaging_product", "whatsapp",
                "metadata", Fields.of("display_phone_number", DemoAccount.DISPLAY_PHONE_NUMBER.replaceAll("\\D", ""),
                        "phone_number_id", channel == null ? order.phoneNumberId() : channel.key()),
                "contacts", contacts, "messages", messages);
        return Fields.of("object", "whatsapp_business_account",
                "gs_app_id", order.provider() == Provider.GUPSHUP ? "00000000-0000-4000-8000-000000000000" : null,
                "entry", List.of(Fields.of("id", DemoAccount.WABA_ID,
                        "changes", List.of(Fields.of("value", value, "field", "messages")))));
    }

    /** The ad in Meta's own words, which several providers hand on as they are. */
    static Map<String, Object> referral(ClickOrder order, Person person) {
        return !order.referral() ? null : Fields.of("source_url", order.sourceUrl(), "source_id", order.adId(),
                "source_type", "ad", "body", ClickOrder.BODY, "headline", order.headline(), "media_type", "image",
                "image_url", order.picture(), "ctwa_clid", person.clickId(),
                "welcome_message", Map.of("text", ClickOrder.GREETING));
    }

    private static Map<String, Object> contact(ClickOrder order, Person person) {
        return Fields.of("profile", Fields.of("name", order.name(),
                        "username", person.phone() == null ? "@user" + person.userId().substring(3, 9) : null),
                "wa_id", person.phone(), "user_id", person.userId());
    }

    private static Map<String, Object> message(ClickOrder order, Person person, Instant now) {
        return Fields.of("referral", referral(order, person), "from", person.phone(), "from_user_id", person.userId(),
                "id", person.messageId(), "timestamp", Long.toString(now.getEpochSecond()), "type", "text",
                "text", Map.of("body", ClickOrder.WORDS));
    }
}
