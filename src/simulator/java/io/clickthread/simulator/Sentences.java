package io.clickthread.simulator;

import io.clickthread.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The titles and texts that Meta's errors carry for people, in English and Brazilian Portuguese: whoever classifies
 * errors by words instead of numbers should fail here, not in production.
 */
final class Sentences {

    private static final Locale PORTUGUESE = Locale.forLanguageTag("pt-BR");
    private static final Locale ANY_PORTUGUESE = Locale.forLanguageTag("pt");
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Sentences() {
    }

    /** The title with this key. */
    static String title(String key, Locale language) {
        return bundle(language).getString(key + ".title");
    }

    /** The text with this key. */
    static String text(String key, Locale language) {
        return bundle(language).getString(key + ".text");
    }

    /**
     * The language of an answer.
     *
     * @param request a call; null for one that could not be read
     * @return Portuguese if the query's {@code locale}, the token or {@code Accept-Language} asks for it, else English
     */
    static Locale language(Request request) {
        if (request == null) {
            return Locale.ENGLISH;
        }
        if (request.query("locale") != null) {
            return request.query("locale").equals("pt_BR") ? PORTUGUESE : Locale.ENGLISH;
        }
        String authorization = request.header("Authorization");
        if (authorization != null && authorization.contains("pt_BR")) {
            return PORTUGUESE;
        }
        String accepted = request.header("Accept-Language");
        try {
            Locale found = accepted == null ? null
                    : Locale.lookup(Locale.LanguageRange.parse(accepted), List.of(Locale.ENGLISH, PORTUGUESE, ANY_PORTUGUESE));
            return found == null || found.equals(Locale.ENGLISH) ? Locale.ENGLISH : PORTUGUESE;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle("simulator.sentences", language, EXACT);
    }
}
