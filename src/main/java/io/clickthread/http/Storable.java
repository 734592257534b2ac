package io.clickthread.http;

import java.nio.charset.StandardCharsets;

/** Texts that can be stored. */
public final class Storable {

    private Storable() {
    }

    /**
     * Whether a text has neither a NUL, which PostgreSQL does not store, nor half a surrogate pair, which has no form in UTF-8.
     *
     * @param text any text
     * @return true if it can be stored
     */
    public static boolean is(String text) {
        return text.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
