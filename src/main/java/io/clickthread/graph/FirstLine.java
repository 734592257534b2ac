package io.clickthread.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an answer that is not Meta's says, for the person who looks for the proxy that gave it: its first line of text,
 * without tags. Such pages quote what was asked, so everything that could be a token, a click id, a hash, a number of a
 * person or an address is left out; the price is that ids of the proxy's own are left out, too.
 */
final class FirstLine {

    private static final int LONGEST = 200;
    /** So much of a page is looked at; what stands further behind is no first line. */
    private static final int LOOKED_AT = 20_000;
    private static final List<String> WORDS = List.of("message", "error_description", "detail", "description", "title", "reason",
            "error");
    private static final Pattern UNSEEN = Pattern.compile("(?is)<!--.*?(-->|$)|<(script|style|svg|noscript)\\b.*?(</\\2\\s*>|$)");
    private static final Pattern TAG = Pattern.compile("(?s)<[!/?a-zA-Z][^>]*(>|$)");
    private static final Map<String, String> ENTITIES = Map.of("&nbsp;", " ", "&lt;", "<", "&gt;", ">", "&quot;", "\"",
            "&#39;", "'", "&apos;", "'", "&amp;", "&");
    private static final Pattern SECRET = Pattern.compile("(?i)(bearer\\s+|[\"']?(access_token|appsecret_proof)[\"'\\s:=]+)\\S+"
            + "|[\\w.+-]+@[\\w-]+\\.[\\w.-]+"                    // an e-mail address
            + "|\\b[A-Z]{2}\\.(ENT\\.)?\\w{4,}"                  // a user id
            + "|(?<![\\w.])\\d{1,3}(\\.\\d{1,3}){3}(?![\\w.])|\\b([0-9a-f]{0,4}:){3,}[0-9a-f]*" // an address of a network
            + "|\\+?\\d[\\d ().-]{5,}\\d"                        // a phone number, an id
            + "|[\\w+/=~%-]{20,}");                              // a token, a hash, a click id
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}\\p{Cf}\uFFFD]+");

    private FirstLine() {
    }

    /**
     * The first line.
     *
     * @param raw           the body as it came
     * @param json          the same if it is JSON, else missing
     * @param authorization the header that the call had, which must not be seen; may be null
     * @return up to 200 characters; null if there is no text
     */
    static String of(byte[] raw, JsonNode json, String authorization) {
        String text = json.isContainerNode() ? words(json)
                : new String(raw, 0, Math.min(raw.length, LOOKED_AT), StandardCharsets.UTF_8);
        if (text == null) {
            return null;
        }
        boolean isPage = text.stripLeading().startsWith("<");
        String seen = isPage ? TAG.matcher(UNSEEN.matcher(text).replaceAll(" ")).replaceAll(" ")
                : text.strip().lines().findFirst().orElse("");
        for (String entity : List.of("&nbsp;", "&lt;", "&gt;", "&quot;", "&#39;", "&apos;", "&amp;")) {
            seen = seen.replace(entity, ENTITIES.get(entity));
        }
        String token = authorization == null ? "" : authorization.replaceFirst("(?i)^bearer\\s+", "");
        if (!token.isBlank()) {
            seen = seen.replace(token, "…");
        }
        // Cut before the search for secrets, and once more behind it: a page of one endless word costs no more than others.
        seen = BLANK.matcher(seen.substring(0, Math.min(seen.length(), 10 * LONGEST))).replaceAll(" ").strip();
        seen = SECRET.matcher(seen).replaceAll("…");
        if (seen.length() > LONGEST) {
            seen = seen.substring(0, LONGEST - 1).stripTrailing() + "…";
        }
        return seen.isEmpty() ? null : seen;
    }

    /** Of a gateway's JSON only what is meant for people; the rest may be what was sent to it. */
    private static String words(JsonNode json) {
        for (String name : WORDS) {
            JsonNode word = json.path(name);
            if (word.isTextual() && !word.textValue().isBlank()) {
                return word.textValue();
            }
            if (word.isObject() && words(word) != null) {
                return words(word);
            }
        }
        return null;
    }
}
