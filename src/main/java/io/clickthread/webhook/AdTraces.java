package io.clickthread.webhook;

import java.nio.charset.StandardCharsets;

/**
 * Whether bytes can say anything about an ad at all. Most messages come from no ad, so this is all that {@link AdWords} costs
 * them: one pass over the bytes, without parsing. It may say yes for nothing, and never no for something.
 */
final class AdTraces {

    private static final byte[][] TRACES = {bytes("ctwa"), bytes("referral"), bytes("adreply"), bytes("\"ad\"")};

    private AdTraces() {
    }

    /** Whether any trace is in a webhook's bytes; {@code name} is one more, of a generic channel, or null. */
    static boolean in(byte[] raw, String name) {
        if (raw.length > 1 && (raw[0] == 0 || raw[1] == 0 || raw[0] == (byte) 0xFE || raw[0] == (byte) 0xFF)) {
            return true; // UTF-16 or UTF-32, where no letter stands beside another
        }
        byte[] own = name == null ? null : bytes(name.substring(name.indexOf('.') + 1));
        for (int i = 0; i < raw.length; i++) {
            switch (raw[i] | 0x20) {
                case 'c', 'r', 'a', '"' | 0x20 -> {
                    for (byte[] trace : TRACES) {
                        if (isAt(raw, i, trace)) {
                            return true;
                        }
                    }
                }
                case '\\' | 0x20 -> { // \u0063twa is ctwa, too
                    if (i + 4 < raw.length && raw[i + 1] == 'u' && raw[i + 2] == '0' && raw[i + 3] == '0' && raw[i + 4] >= '4') {
                        return true;
                    }
                }
                default -> { }
            }
            if (own != null && isAt(raw, i, own)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text is worth a look as JSON: it looks like it, and has a trace in it. */
    static boolean mayBeJson(String text) {
        String start = text.stripLeading();
        return (start.startsWith("{") || start.startsWith("[")) && in(text.getBytes(StandardCharsets.UTF_8), null);
    }

    private static boolean isAt(byte[] raw, int at, byte[] trace) {
        if (at + trace.length > raw.length) {
            return false;
        }
        for (int i = 0; i < trace.length; i++) {
            if ((raw[at + i] | 0x20) != (trace[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
