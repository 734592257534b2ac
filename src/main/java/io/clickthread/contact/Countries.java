package io.clickthread.contact;

import java.util.Locale;
import java.util.Set;

/** The codes of countries. */
public final class Countries {

    private static final Set<String> ISO = Set.of(Locale.getISOCountries());
    private static final String KOSOVO = "XK"; // has a numbering plan and shops, and no code of ISO's

    private Countries() {
    }

    /**
     * A country's code.
     *
     * @param text two letters in any case; may be null
     * @return the code of ISO 3166-1 alpha-2 in capitals; null if there is no such country
     */
    public static String code(String text) {
        String code = text == null ? "" : text.toUpperCase(Locale.ROOT);
        return ISO.contains(code) || code.equals(KOSOVO) ? code : null;
    }
}
