package io.clickthread.csv;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Countries as people write them in a column: a code of ISO 3166, or the name in one of some languages. */
final class Countries {

    private static final List<String> LANGUAGES = List.of("en", "pt", "es", "de", "fr", "it", "nl", "id", "tr");
    private static final Set<String> CODES = Set.of(Locale.getISOCountries());
    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        for (String code : CODES) {
            Locale country = new Locale("", code);
            add(country.getISO3Country(), code);
            LANGUAGES.forEach(language -> add(country.getDisplayCountry(new Locale(language)), code));
        }
    }

    private Countries() {
    }

    /** A name that is one country's in one language and another's in another names none. */
    private static void add(String name, String code) {
        NAMES.merge(Columns.plain(name), code, (one, other) -> one.equals(other) ? one : "");
    }

    /** The code of two letters, or null if the text names no country. */
    static String code(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return CODES.contains(upper) ? upper : named(text);
    }

    private static String named(String text) {
        String code = NAMES.getOrDefault(Columns.plain(text), "");
        return code.isEmpty() ? null : code;
    }
}
