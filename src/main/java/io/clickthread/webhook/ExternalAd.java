package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.Referral;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * The ad in WhatsApp's own message format, as libraries for linked devices hand it out: {@code contextInfo} with
 * {@code externalAdReply} in it (WAProto, {@code ContextInfo.ExternalAdReplyInfo}), somewhere in the message. Stacks in Go
 * write some names in other cases. A quoted message has a context of its own, which is about another message.
 */
final class ExternalAd {

    private static final int MOST_NODES = 5_000; // a message has some hundred; what somebody sends may have millions
    private static final int DEEPEST = 24;
    private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();

    private ExternalAd() {
    }

    /** The words about the ad in a message: {@code externalAdReply} and what stands beside it; an empty object for none. */
    static ObjectNode words(JsonNode message) {
        Deque<Map.Entry<Integer, JsonNode>> open = new ArrayDeque<>();
        open.add(Map.entry(0, message));
        ObjectNode signs = NONE;
        for (int i = 0; i < MOST_NODES && !open.isEmpty(); i++) {
            Map.Entry<Integer, JsonNode> next = open.poll();
            ObjectNode words = next.getValue() instanceof ObjectNode node ? of(node) : NONE;
            if (referral(words) != null && clickId(words) != null) {
                return words;
            }
            signs = signs.isEmpty() ? words : signs;
            if (next.getKey() < DEEPEST) {
                next.getValue().properties().stream().filter(field -> !field.getKey().equals("quotedMessage"))
                        .filter(field -> field.getValue().isContainerNode())
                        .forEach(field -> open.add(Map.entry(next.getKey() + 1, field.getValue())));
                if (next.getValue().isArray()) {
                    next.getValue().forEach(child -> open.add(Map.entry(next.getKey() + 1, child)));
                }
            }
        }
        return signs;
    }

    /** The referral in these words; one without a click id if only signs of an ad are there. */
    static Referral referral(JsonNode words) {
        JsonNode ad = words.path("externalAdReply");
        if (!ad.isObject()) {
            boolean sign = words.path("entryPointConversionSource").asText().equals("ctwa_ad") || words.hasNonNull("ctwaPayload");
            return !sign && clickId(words) == null ? null : new Referral(clickId(words), null, "ad", null, null, null, null);
        }
        boolean link = clickId(words) == null && !words.hasNonNull("ctwaPayload") && any(ad, "sourceId", "sourceID") == null
                && !words.path("entryPointConversionSource").asText().equals("ctwa_ad"); // a link's preview looks like an ad
        return link ? null : MetaReferral.orNull(new Referral(clickId(words), any(ad, "sourceId", "sourceID"),
                any(ad, "sourceType", "source_type"), any(ad, "sourceUrl", "sourceURL"), any(ad, "title"), any(ad, "body"),
                mediaType(ad.path("mediaType"))));
    }

    /** Whether its click id, if it has one, is a text that can be kept. */
    static boolean isReadable(JsonNode words) {
        JsonNode ad = words.path("externalAdReply");
        return MetaReferral.isReadable(ad, "ctwaClid") && MetaReferral.isReadable(ad, "ctwaCLID");
    }

    /** What of an object is about an ad: of a contextInfo, or of a {@code ctwaContext} as whatsapp-web.js has it. */
    private static ObjectNode of(ObjectNode node) {
        JsonNode ctwa = node.path("ctwaContext");
        JsonNode ad = node.path("externalAdReply");
        if (!ad.isObject() && !ctwa.isObject() && !node.has("entryPointConversionSource") && !node.has("ctwaPayload")) {
            return NONE;
        }
        ObjectNode words = JsonNodeFactory.instance.objectNode();
        for (String name : new String[] {"ctwaPayload", "ctwaSignals", "conversionSource", "entryPointConversionSource",
            "entryPointConversionApp", "ctwaClid"}) {
            if (node.path(name).isValueNode()) {
                words.set(name, node.get(name));
            }
        }
        if (ad.isObject() || ctwa.isObject()) {
            words.set("externalAdReply", ad.isObject() ? ad : ctwa);
        }
        return words;
    }

    private static String clickId(JsonNode words) {
        for (JsonNode place : new JsonNode[] {words.path("externalAdReply"), words}) {
            for (String name : new String[] {"ctwaClid", "ctwaCLID", "ctwa_clid"}) {
                String id = Texts.identity(place.path(name));
                if (id != null) {
                    return id;
                }
            }
        }
        return null;
    }

    private static String any(JsonNode ad, String... names) {
        for (String name : names) {
            String text = Texts.line(ad.path(name));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** WAProto's numbers, or their names. */
    private static String mediaType(JsonNode type) {
        return switch (type.asText()) {
            case "1", "IMAGE", "image" -> "image";
            case "2", "VIDEO", "video" -> "video";
            default -> null;
        };
    }
}
