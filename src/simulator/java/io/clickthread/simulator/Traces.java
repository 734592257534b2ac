package io.clickthread.simulator;

import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Trace ids that look like Meta's. */
final class Traces {

    private Traces() {
    }

    /** A new {@code fbtrace_id}: an A and 22 random characters. */
    static String next() {
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return "A" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
