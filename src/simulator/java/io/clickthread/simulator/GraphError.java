package io.clickthread.simulator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An error in Meta's shape.
 *
 * @param status      the HTTP status
 * @param message     Meta's technical message
 * @param type        {@code OAuthException} or {@code GraphMethodException}
 * @param code        Meta's code
 * @param subcode     Meta's subcode, or 0
 * @param isTransient whether Meta says that it passes
 * @param sentence    the key of the title and text for people, or null
 * @param headers     further response headers, such as those about rate limits
 */
record GraphError(int status, String message, String type, int code, int subcode, boolean isTransient, String sentence,
                  Map<String, String> headers) {

    /** An error without subcode, sentence and headers. */
    static GraphError of(int status, int code, String message) {
        return new GraphError(status, message, "OAuthException", code, 0, false, null, Map.of());
    }

    /** The refusal of one event: code 100 with a subcode that says why. */
    static GraphError ofEvent(int subcode, String sentence) {
        return new GraphError(400, "Invalid parameter", "OAuthException", 100, subcode, false, sentence, Map.of());
    }

    /** A request that lacks something, or has something where nothing of it may be. */
    static GraphError ofParameter(String message) {
        return of(400, 100, "(#100) " + message);
    }

    /** The same error with another subcode. */
    GraphError withSubcode(int other) {
        return new GraphError(status, message, type, code, other, isTransient, sentence, headers);
    }

    /** The same error with a title and text for people. */
    GraphError withSentence(String key) {
        return new GraphError(status, message, type, code, subcode, isTransient, key, headers);
    }

    /** The same error with one more response header. */
    GraphError withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new GraphError(status, message, type, code, subcode, isTransient, sentence, more);
    }

    /** The same error as one that passes. */
    GraphError passing() {
        return new GraphError(status, message, type, code, subcode, true, sentence, headers);
    }

    /** The body of the answer: {@code {error: {…}}}. */
    Map<String, Object> body(Locale language) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", type);
        error.put("code", code);
        if (subcode != 0) {
            error.put("error_subcode", subcode);
        }
        error.put("is_transient", isTransient);
        if (sentence != null) {
            error.put("error_user_title", Sentences.title(sentence, language));
            error.put("error_user_msg", Sentences.text(sentence, language));
        }
        error.put("fbtrace_id", Traces.next());
        return Map.of("error", error);
    }
}
