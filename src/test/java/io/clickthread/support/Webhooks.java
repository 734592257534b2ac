package io.clickthread.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes webhooks as Meta documents them, with values of our own. */
public final class Webhooks {

    private static final AtomicLong COUNTER = new AtomicLong(System.nanoTime() % 1_000_000_000L);

    private Webhooks() {
    }

    /** A number that nobody had before. */
    public static String unique() {
        return Long.toString(COUNTER.incrementAndGet());
    }

    public static String phone() {
        return "1555" + unique();
    }

    /** An organic text message. */
    public static Map<String, Object> text(String from, long seconds) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("from", from);
        message.put("id", "wamid." + unique());
        message.put("timestamp", Long.toString(seconds));
        message.put("type", "text");
        message.put("text", Map.of("body", "secret words of a person"));
        return message;
    }

    /** A message that comes from an ad; without a click id if it is null. */
    public static Map<String, Object> click(String from, String clickId, long seconds) {
        Map<String, Object> message = text(from, seconds);
        message.put("referral", referral(clickId));
        return message;
    }

    public static Map<String, Object> referral(String clickId) {
        Map<String, Object> referral = new LinkedHashMap<>();
        referral.put("source_url", "https://fb.me/3cr4Wqqkv");
        referral.put("source_id", "120226305854810726");
        referral.put("source_type", "ad");
        referral.put("headline", "Chat with us");
        referral.put("body", "Summer succulents are here!");
        referral.put("media_type", "image");
        referral.put("image_url", "https://scontent.example/v/t45.1");
        if (clickId != null) {
            referral.put("ctwa_clid", clickId);
        }
        return referral;
    }

    /** A webhook with messages for one number. */
    public static Map<String, Object> of(String phoneNumberId, List<?> messages) {
        List<Map<String, Object>> contacts = new ArrayList<>();
        for (Object message : messages) {
            if (message instanceof Map<?, ?> map && map.get("from") instanceof String from) {
                contacts.add(Map.of("profile", Map.of("name", "Sheena Nelson"), "wa_id", from));
            }
        }
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("messaging_product", "whatsapp");
        value.put("metadata", Map.of("display_phone_number", "15550783881", "phone_number_id", phoneNumberId));
        value.put("contacts", contacts);
        value.put("messages", messages);
        return envelope(Map.of("field", "messages", "value", value));
    }

    public static Map<String, Object> of(String phoneNumberId, Map<String, Object> message) {
        return of(phoneNumberId, List.of(message));
    }

    public static Map<String, Object> envelope(Object... changes) {
        return Map.of("object", "whatsapp_business_account",
                "entry", List.of(Map.of("id", "102290129340398", "changes", List.of(changes))));
    }

    public static String signature(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
