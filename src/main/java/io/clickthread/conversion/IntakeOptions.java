package io.clickthread.conversion;

import java.time.Duration;
import java.util.Locale;

/**
 * How a conversion is to be taken.
 *
 * @param id            the id that it gets, or null for a new one; who comes again with the same id after a crash is no repetition
 * @param async         whether it is left to the background
 * @param waitForClick  how long it may wait for the click of its contact; null if it is refused without one
 * @param timeOfMessage whether its time is that of a message that may come again with another, so that it does not tell
 *                      one event from another
 */
public record IntakeOptions(String id, boolean async, Duration waitForClick, boolean timeOfMessage) {

    /** Left to the background, and refused without a click. */
    public static final IntakeOptions BACKGROUND = new IntakeOptions(null, true, null, false);

    /** Longer than any event stays young enough for Meta. */
    private static final Duration AS_LONG_AS_POSSIBLE = Duration.ofDays(7);

    /**
     * What a caller prefers, by the header {@code Prefer} (RFC 7240): {@code respond-async} leaves it to the background,
     * {@code wait-for-click} or {@code wait-for-click=<seconds>} lets it wait for the click. Preferences that are not known are ignored.
     *
     * @param header its value, or null
     * @return the options
     */
    static IntakeOptions preferred(String header) {
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
        return new IntakeOptions(null, async, waitForClick, false);
    }
}
