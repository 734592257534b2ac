package io.clickthread.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a webhook says about an ad and no adapter has taken: in an event of an unknown name, in a wrapper of a new
 * version, beside a message that was read. Only names of fields count, never what people wrote, and only with a value.
 *
 * <p>Three kinds of places are no loss and are not looked into: parts that the adapter passed over for a reason, earlier
 * messages that are quoted, and messages of the business itself or in groups, wherever they stand. Inside the part of a
 * message that was read, its own click id may stand as often as it likes; another one may not. JSON that is written as a text
 * is a tree of its own, where it cannot be told which message was read from which part: any click id that was taken is good.
 */
final class AdWords {

    private static final int MOST_NODES = 1_000_000; // a body of 3 MB has about as many
    private static final int DEEPEST = 1_000; // as Jackson reads
    private static final Set<String> CLICK_IDS = Set.of("ctwaclid", "ctwaclickid", "ctwa", "referralctwaclid");
    private static final Set<String> ADS = Set.of("referral", "externaladreply", "adreply", "ctwacontext");
    private static final Set<String> SIGNS = Set.of("referralsourceid", "ctwapayload");
    private static final List<String> AD_IDS = List.of("source_id", "sourceId", "sourceID", "SourceID");
    private static final List<String> AD_TYPES = List.of("source_type", "sourceType", "SourceType");
    private static final List<String> CHATS = List.of("remoteJid", "chatid", "chat_id", "chatId", "Chat", "from");
    private static final List<String> OWN = List.of("fromMe", "from_me", "IsFromMe", "isFromMe", "is_from_me");
    private static final List<String> KEYS = List.of("key", "Info", "id");
    /** Names of fields as programmers choose them; another name may be somebody's number. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,39}");
    private static final int MOST_NAMES = 12;
    /** Texts that people write, or are shown: JSON in them is a text like any other. */
    private static final Pattern WRITTEN =
            Pattern.compile("(?i:.*(body|text|caption|content|conversation|name|title|description|answer|question).*)|message");

    private final ObjectMapper mapper;
    private final ParsedWebhook reading;
    private final String ownName;
    private final Deque<String> path = new ArrayDeque<>();
    private int nodes;

    /**
     * Looks after an adapter.
     *
     * @param reading what the adapter has understood
     * @param ownName how a generic channel calls the click id, perhaps with the field around it ({@code ad.click}); or null
     */
    AdWords(ObjectMapper mapper, ParsedWebhook reading, String ownName) {
        this.mapper = mapper;
        this.reading = reading;
        this.ownName = ownName;
    }

    /**
     * Where something about an ad is left in what was read.
     *
     * @return the names of the fields that lead there, such as {@code data.context.referral}, with {@code *} for a name that may
     *         say who somebody is; null if nothing is left
     */
    String leftIn(JsonNode body) {
        return left(body, "", "", null, 0) ? path.stream().limit(MOST_NAMES).collect(Collectors.joining(".")) : null;
    }

    private boolean left(JsonNode node, String parent, String name, ReadParts.Part around, int depth) {
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            return true; // what cannot be searched to the end is kept
        }
        if (node.isTextual()) {
            JsonNode inside = depth > 0 && AdTraces.mayBeJson(node.textValue()) && !WRITTEN.matcher(name).matches()
                    ? json(node.textValue()) : null;
            return inside != null && left(inside, parent, name, reading.parts().whole(), depth + 1);
        }
        if (!node.isContainerNode() || reading.parts().isPassedOver(node) || isOfOthers(node)) {
            return false;
        }
        ReadParts.Part part = reading.parts().of(node);
        ReadParts.Part within = part == null ? around : part;
        if (node.isArray()) {
            for (JsonNode element : node) {
                if ((element.isContainerNode() || element.isTextual()) && left(element, parent, name, within, depth + 1)) {
                    return true;
                }
            }
            return false;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (ExternalAd.isQuoted(field.getKey())) {
                continue;
            }
            path.addLast(NAME.matcher(field.getKey()).matches() ? field.getKey() : "*");
            if (isLost(name, field.getKey(), field.getValue(), within)
                    || left(field.getValue(), name, field.getKey(), within, depth + 1)) {
                return true; // and the path stays
            }
            path.removeLast();
        }
        return false;
    }

    private boolean isLost(String parent, String name, JsonNode value, ReadParts.Part within) {
        if (value.isNull() || value.isBoolean() || value.isEmpty() && value.isContainerNode()
                || value.isTextual() && value.textValue().isBlank()) {
            return false;
        }
        String plain = plain(name);
        if (CLICK_IDS.contains(plain) || name.equals(ownName) || (parent + '.' + name).equals(ownName)) {
            String clickId = JsonValues.identity(value);
            return !reading.isOfEvent(clickId) && (within == null || !within.has(clickId));
        }
        boolean isSign = SIGNS.contains(plain) || ADS.contains(plain) && isAd(plain, value)
                || name.equals("entryPointConversionSource") && value.asText().equals("ctwa_ad")
                || name.equals("ad") && isAd(plain, value.path("source"));
        return isSign && !reading.parts().isPassedOver(value)
                && Stream.of(within, reading.parts().of(value)).noneMatch(AdWords::isFromAd);
    }

    private static boolean isFromAd(ReadParts.Part part) {
        return part != null && part.isFromAd();
    }

    /** Whether an object names an ad; the card of a link has the same fields, without ids. */
    private static boolean isAd(String plain, JsonNode ad) {
        boolean named = AD_IDS.stream().anyMatch(id -> !ad.path(id).asText().isBlank())
                || AD_TYPES.stream().anyMatch(type -> ad.path(type).asText().equalsIgnoreCase("ad"));
        return named || plain.equals("ad") && !ad.path("id").asText().isBlank()
                || plain.equals("ctwacontext") && ad.hasNonNull("sourceUrl") && !ad.path("linkPreview").asBoolean();
    }

    /** Whether the business wrote it, or it is of a group, a broadcast or a newsletter: by the names that libraries use. */
    private static boolean isOfOthers(JsonNode node) {
        return isOf(node) || KEYS.stream().map(node::path).anyMatch(AdWords::isOf);
    }

    private static boolean isOf(JsonNode node) {
        return OWN.stream().anyMatch(name -> node.path(name).booleanValue())
                || CHATS.stream().anyMatch(name -> Jids.isCrowd(node.path(name)));
    }

    private JsonNode json(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException | NumberFormatException e) { // an exponent that no number has
            return null;
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
