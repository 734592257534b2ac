package io.clickthread.security;

import java.util.Base64;
import java.util.HexFormat;

/** A signature as a header carries it: in hexadecimal digits or in base64, behind a prefix such as {@code sha256=}. */
public final class WrittenSignature {

    private WrittenSignature() {
    }

    /**
     * The bytes of a signature in hexadecimal digits, in upper or lower case; what stands before them must be as it is.
     *
     * @param header what was sent, or null
     * @param prefix what must stand before the digits, perhaps empty
     * @return the bytes; none for anything else, which fits no signature
     */
    public static byte[] hex(String header, String prefix) {
        if (header == null || !header.startsWith(prefix)) {
            return new byte[0];
        }
        try {
            return HexFormat.of().parseHex(header, prefix.length(), header.length());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /**
     * The same for base64, in which the case matters.
     *
     * @param header what was sent, or null
     * @param prefix what must stand before it, perhaps empty
     * @return the bytes; none for anything else
     */
    public static byte[] base64(String header, String prefix) {
        if (header == null || !header.startsWith(prefix)) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(header.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
