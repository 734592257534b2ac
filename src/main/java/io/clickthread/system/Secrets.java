package io.clickthread.system;

import java.util.Arrays;

/** What is long enough to sign with: a text that somebody could guess would let them write webhooks of their own. */
public final class Secrets {

    /** The fewest characters of a secret; those that providers hand out have 16 to 64. */
    public static final int SHORTEST = 16;

    private Secrets() {
    }

    /**
     * Whether a text may be a secret.
     *
     * @param secret the text
     * @return false if it is too short without the blanks around it
     */
    public static boolean isGood(String secret) {
        return secret.strip().length() >= SHORTEST;
    }

    /**
     * Whether each of several may be one.
     *
     * @param secrets separated by commas
     * @return false if one of them is too short, or missing before, between or behind commas
     */
    public static boolean areGood(String secrets) {
        return Arrays.stream(secrets.split(",", -1)).allMatch(Secrets::isGood);
    }
}
