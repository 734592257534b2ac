package io.clickthread.system;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * New ids of 24 hexadecimal digits: 4 bytes of seconds, 5 bytes that are random per process, 3 bytes that count. Zernio's
 * clients check this shape; beginning with the time, new rows land at the end of an index.
 */
public final class Ids {

    private static final HexFormat HEX = HexFormat.of();
    private static final long PROCESS = new SecureRandom().nextLong() & 0xFF_FFFF_FFFFL;
    private static final AtomicInteger COUNTER = new AtomicInteger(new SecureRandom().nextInt());

    private Ids() {
    }

    /**
     * A new id.
     *
     * @return 24 lower-case hexadecimal digits, never the same twice
     */
    public static String next() {
        long seconds = System.currentTimeMillis() / 1000;
        return HEX.toHexDigits(seconds, 8) + HEX.toHexDigits(PROCESS, 10)
                + HEX.toHexDigits(COUNTER.getAndIncrement() & 0xFF_FFFF, 6);
    }

    /**
     * Whether a text has the shape of an id.
     *
     * @param text any text, or null
     * @return true for 24 hexadecimal digits in lower case
     */
    public static boolean isId(String text) {
        return text != null && text.length() == 24
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
