package io.clickthread.conversion;

import java.time.Duration;
import java.util.Locale;

/**
 * What a caller prefers, by the header {@code Prefer} (RFC 7240). Preferences that are not known are ignored.
 *
 * @param async        {@code respond-async}: the answer should not wait for Meta
 * @param waitForClick {@code wait-for-click} or {@code wait-for-click=<seconds>}: how long a conversion may wait for the
 *                     click of its contact; null if it should be refused without one
 */
record Preferences(boolean async, Duration waitForClick) {

    /** Longer than any event stays young enough for Meta. */
    private static final Duration AS_LONG_AS_POSSIBLE = Duration.ofDays(7);

    static Preferences of(String header) {
        boolean async = false;
        Duration waitForClick = null;
        for (String preference : header == null ? new String[0] : header.toLowerCase(Locale.ROOT).split("[,;]")) {
            String[] parts = preference.strip().split("\\s*=\\s*", 2);
            if (parts[0].equals("respond-async")) {
                async = true;
            } else if (parts[0].equals("wait-for-click")) {
                waitForClick = parts.length == 2 && parts[1].matches("\"?\\d{1,6}\"?")
                        ? Duration.ofSeconds(Long.parseLong(parts[1].replace("\"", ""))) : AS_LONG_AS_POSSIBLE;
            }
        }
        return new Preferences(async, waitForClick);
    }
}
