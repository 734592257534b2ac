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
import java.util.LinkedHashMap;
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
    public boolean isMetas() {
        return true;
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        return messages(order, people, channel, now, order.meta().field().equals("standby"));
    }

    @Override
    public List<Object> more(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        List<Object> more = new ArrayList<>();
        if (order.meta().field().equals("both")) {
            more.add(messages(order, people, channel, now, true));
        }
        if (order.meta().automaticEvent()) {
            more.add(webhook(order, "automatic_events", about(order, channel), "automatic_events", people.stream()
                    .map(person -> Fields.of("id", person.messageId(), "event_name", "LeadSubmitted", "timestamp",
                            now.getEpochSecond(), "ctwa_clid", person.clickId())).toList()));
        }
        if (order.meta().handover() != null) {
            people.forEach(person -> more.add(handover(order, person, channel, now)));
        }
        return more;
    }

    /** The messages on the field that their receiver's place in the conversation gives them. */
    private static Object messages(ClickOrder order, List<Person> people, Channel channel, Instant now, boolean isStandby) {
        List<Object> contacts = people.stream().<Object>map(person -> contact(order, person)).toList();
        List<Object> messages = people.stream().<Object>map(person -> message(order, person, now)).toList();
        Map<String, Object> about = about(order, channel);
        return isStandby ? webhook(order, "standby", about, "standby", Fields.of("contacts", contacts, "messages", messages))
                : webhook(order, "messages", about, "contacts", contacts, "messages", messages);
    }

    /** A handover names the customer by the phone only; who hides it is named by the user id here. */
    private static Object handover(ClickOrder order, Person person, Channel channel, Instant now) {
        String type = order.meta().handover();
        return webhook(order, "messaging_handovers", Fields.of("messaging_product", "whatsapp"),
                "recipient", about(order, channel).get("metadata"),
                "sender", Fields.of("phone_number", person.phone(), "user_id", person.phone() == null ? person.userId() : null),
                "type", type, "timestamp", Long.toString(now.getEpochSecond()),
                type, Fields.of("previous_owner_role", "ai_agent", "new_owner_role", "escalation"));
    }

    private static Map<String, Object> about(ClickOrder order, Channel channel) {
        return Fields.of("messaging_product", "whatsapp",
                "metadata", Fields.of("display_phone_number", DemoAccount.DISPLAY_PHONE_NUMBER.replaceAll("\\D", ""),
                        "phone_number_id", channel == null ? order.phoneNumberId() : channel.key()));
    }

    private static Object webhook(ClickOrder order, String field, Map<String, Object> about, Object... more) {
        Map<String, Object> value = new LinkedHashMap<>(about);
        value.putAll(Fields.of(more));
        return Fields.of("object", "whatsapp_business_account",
                "gs_app_id", order.provider() == Provider.GUPSHUP ? "00000000-0000-4000-8000-000000000000" : null,
                "entry", List.of(Fields.of("id", DemoAccount.WABA_ID,
                        "changes", List.of(Fields.of("value", value, "field", field)))));
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
                "wa_id", from(order, person), "user_id", person.userId());
    }

    private static Map<String, Object> message(ClickOrder order, Person person, Instant now) {
        boolean isWithheld = order.meta().withheld();
        return Fields.of("referral", isWithheld ? null : referral(order, person), "from", from(order, person),
                "from_user_id", person.userId(), "id", person.messageId(), "timestamp", Long.toString(now.getEpochSecond()),
                "type", isWithheld ? "unsupported" : "text",
                "text", isWithheld ? null : Map.of("body", ClickOrder.WORDS),
                "errors", isWithheld ? List.of(Fields.of("code", 131060, "title", "This message is currently unavailable.",
                        "message", "This message is currently unavailable.",
                        "error_data", Fields.of("details", "This message is currently unavailable."))) : null);
    }

    private static String from(ClickOrder order, Person person) {
        return order.meta().userIdAsFrom() ? person.userId() : person.phone();
    }
}
