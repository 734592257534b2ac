package io.clickthread.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A webhook as WhatsApp Cloud API sends it when people write, most of them after a click on an ad. */
final class ClickWebhook {

    private ClickWebhook() {
    }

    /**
     * The webhook's body.
     *
     * @param order   who writes, and after which ad
     * @param waba    the WhatsApp Business Account
     * @param display the business's number as people see it, digits
     * @param now     Unix seconds
     */
    static Map<String, Object> body(ClickOrder order, String waba, String display, long now) {
        List<Object> contacts = new ArrayList<>();
        List<Object> messages = new ArrayList<>();
        for (ClickOrder.Person person : order.people()) {
            contacts.add(contact(order, person));
            messages.add(message(order, person, now));
        }
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("messaging_product", "whatsapp");
        value.put("metadata", map("display_phone_number", display, "phone_number_id", order.phoneNumberId()));
        value.put("contacts", contacts);
        value.put("messages", messages);
        return map("object", "whatsapp_business_account",
                "entry", List.of(map("id", waba, "changes", List.of(map("value", value, "field", "messages")))));
    }

    private static Map<String, Object> contact(ClickOrder order, ClickOrder.Person person) {
        Map<String, Object> profile = map("name", order.name());
        Map<String, Object> contact = map("profile", profile);
        if (person.phone() == null) {
            profile.put("username", "@user" + person.userId().substring(3, 9));
        } else {
            contact.put("wa_id", person.phone());
        }
        contact.put("user_id", person.userId());
        return contact;
    }

    private static Map<String, Object> message(ClickOrder order, ClickOrder.Person person, long now) {
        Map<String, Object> message = new LinkedHashMap<>();
        if (order.referral()) {
            message.put("referral", referral(order, person));
        }
        if (person.phone() != null) {
            message.put("from", person.phone());
        }
        message.put("from_user_id", person.userId());
        message.put("id", person.messageId());
        message.put("timestamp", Long.toString(now));
        message.put("type", "text");
        message.put("text", Map.of("body", "Hello, I saw your ad."));
        return message;
    }

    private static Map<String, Object> referral(ClickOrder order, ClickOrder.Person person) {
        Map<String, Object> referral = map("source_url", "https://fb.me/" + order.adId(), "source_id", order.adId(),
                "source_type", "ad", "body", "Ask us anything, we answer within minutes.", "headline", order.headline(),
                "media_type", "image", "image_url", "https://images.example/" + order.adId() + ".jpg");
        if (person.clickId() != null) {
            referral.put("ctwa_clid", person.clickId());
        }
        referral.put("welcome_message", Map.of("text", "Hello! What can we do for you?"));
        return referral;
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
