package io.clickthread.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A body of the type {@code application/x-www-form-urlencoded} (WHATWG URL, section 5). */
public final class Form {

    private static final int MOST = 10_000; // fields; what follows is left out, so that no body costs more than its size

    private Form() {
    }

    /**
     * Reads a form.
     *
     * @param body its bytes, UTF-8
     * @return the values of each field, in their order, by name
     * @throws IllegalArgumentException if it is not well percent-encoded
     */
    public static SortedMap<String, List<String>> parse(byte[] body) {
        return new TreeMap<>(new QueryStringDecoder(new String(body, StandardCharsets.UTF_8), StandardCharsets.UTF_8, false,
                MOST, true).parameters());
    }
}
