package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.Referral;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * The ad in WhatsApp's own message format, as libraries for linked devices hand it out: {@code contextInfo} with
 * {@code externalAdReply} in it (WAProto, {@code ContextInfo.ExternalAdReplyInfo}), somewhere in the message. Stacks in Go
 * write some names in other cases. A quoted message has a context of its own, which is about another message.
 */
final class ExternalAd {

    private static final int MOST_NODES = 5_000; // a message has some hundred; what somebody sends may have millions
    private static final int DEEPEST = 24;
    /** What is answered, corrected or, on the phone of the business, sent. */
    private static final Set<String> OTHER_MESSAGES =
            Set.of("replyto", "reply_to", "editedmessage", "protocolmessage", "devicesentmessage");
    private static final List<String> PLACES = List.of("externalAdReply", "ctwaContext");
    private static final List<String> CLICK_ID = List.of("ctwaClid", "ctwaCLID", "ctwa_clid");
    private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();

    private ExternalAd() {
    }

    /** Whether a field holds another message than the one at hand: each library has its own name for it. */
    static boolean isQuoted(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return plain.contains("quoted") || OTHER_MESSAGES.contains(plain);
    }

    /** The words about the ad in a message that was read; none, without a search, if the webhook has no trace of any. */
    static ObjectNode words(JsonNode message, ParsedWebhook reading) {
        return reading.mayTellOfAnAd() ? words(message) : NONE;
    }

    /** The words about the ad in a message: {@code externalAdReply} and what stands beside it; an empty object for none. */
    private static ObjectNode words(JsonNode message) {
        Deque<Map.Entry<Integer, JsonNode>> open = new ArrayDeque<>();
        open.add(Map.entry(0, message));
        ObjectNode signs = NONE;
        for (int i = 0; i < MOST_NODES && !open.isEmpty(); i++) {
            Map.Entry<Integer, JsonNode> next = open.poll();
            ObjectNode words = next.getValue() instanceof ObjectNode node ? of(node) : NONE;
            if (referral(words) != null && clickId(words) != null) {
                return words;
            }
            signs = signs.isEmpty() || referral(signs) == null && referral(words) != null ? words : signs;
            if (next.getKey() < DEEPEST) {
                next.getValue().properties().stream().filter(field -> !isQuoted(field.getKey()))
                        .filter(field -> field.getValue().isContainerNode())
                        .forEach(field -> open.add(Map.entry(next.getKey() + 1, field.getValue())));
                if (next.getValue().isArray()) { // bytes, too, may be written as an array, of numbers
                    StreamSupport.stream(next.getValue().spliterator(), false).filter(JsonNode::isContainerNode)
                            .forEach(child -> open.add(Map.entry(next.getKey() + 1, child)));
                }
            }
        }
        return signs;
    }

    /** The referral in these words; one without a click id if only signs of an ad are there. */
    static Referral referral(JsonNode words) {
        boolean context = words.path("ctwaContext").isObject() && !words.path("externalAdReply").isObject();
        JsonNode ad = words.path(context ? "ctwaContext" : "externalAdReply");
        if (!ad.isObject()) {
            boolean sign = words.path("entryPointConversionSource").asText().equals("ctwa_ad") || words.hasNonNull("ctwaPayload");
            return !sign && clickId(words) == null ? null : new Referral(clickId(words), null, "ad", null, null, null, null);
        }
        boolean card = !context || ad.path("linkPreview").asBoolean();
        boolean link = card && clickId(words) == null && !ad.path("sourceType").asText().equals("ad")
                && !words.hasNonNull("ctwaPayload") && any(ad, "sourceId", "sourceID") == null
                && !words.path("entryPointConversionSource").asText().equals("ctwa_ad"); // a link's preview looks like an ad
        return link ? null : MetaReferral.orNull(new Referral(clickId(words), any(ad, "sourceId", "sourceID"),
                any(ad, "sourceType", "source_type"), any(ad, "sourceUrl", "sourceURL"), any(ad, "title"),
                any(ad, "body", "description"), mediaType(ad.path("mediaType"))));
    }

    /** Whether its click id, if it has one, is a text that can be kept. */
    static boolean isReadable(JsonNode words) {
        return PLACES.stream().map(words::path).allMatch(ad ->
                CLICK_ID.stream().allMatch(name -> MetaReferral.isReadable(ad, name)));
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
            } else if (name.equals("ctwaPayload") && node.has(name)) {
                words.putArray(name); // bytes, written as an array or an object; that they are there is all that counts
            }
        }
        if (ad.isObject()) {
            words.set("externalAdReply", ad);
        }
        if (ctwa.isObject()) {
            words.set("ctwaContext", ctwa);
        }
        return words;
    }

    private static String clickId(JsonNode words) {
        for (String place : PLACES) {
            String id = any(JsonValues::identity, words.path(place), CLICK_ID);
            if (id != null) {
                return id;
            }
        }
        return any(JsonValues::identity, words, CLICK_ID);
    }

    private static String any(JsonNode ad, String... names) {
        return any(JsonValues::line, ad, List.of(names));
    }

    private static String any(Function<JsonNode, String> read, JsonNode ad, List<String> names) {
        return names.stream().map(name -> read.apply(ad.path(name))).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** An ad's medium by WAProto's number or name for it. */
    static String mediaType(JsonNode type) {
        return switch (type.asText()) {
            case "1", "IMAGE", "image" -> "image";
            case "2", "VIDEO", "video" -> "video";
            default -> null;
        };
    }
}
