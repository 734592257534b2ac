package io.clickthread.http;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says which fields of a request mean nothing here, so that a misspelt one is seen. The names are the caller's own words:
 * what is no letter, digit, dot, hyphen or underscore is percent-encoded, so that none of them ends the header, and of long ones
 * and of many the first are told.
 */
public final class IgnoredFields {

    /** The header that names them. */
    public static final String HEADER = "X-Ignored-Fields";

    private static final String BETWEEN = ", ";
    private static final int MOST = 20;
    private static final int LONGEST = 64;

    private IgnoredFields() {
    }

    /**
     * The names as they are told.
     *
     * @param names as they were sent
     * @return up to 20 of them, each up to 64 characters
     */
    public static List<String> told(Collection<String> names) {
        return names.stream().filter(name -> !name.isEmpty()).distinct().limit(MOST).map(IgnoredFields::safe).toList();
    }

    /**
     * The header that names them.
     *
     * @param told of {@link #told}; of several requests, one behind the other
     * @return one header with up to 20 names, or none if there are no names
     */
    public static Map<String, String> header(Collection<String> told) {
        return told.isEmpty() ? Map.of()
                : Map.of(HEADER, told.stream().distinct().limit(MOST).collect(Collectors.joining(BETWEEN)));
    }

    /**
     * What such a header names.
     *
     * @param headers by name
     * @return the names as they are told
     */
    public static List<String> of(Map<String, String> headers) {
        return headers.containsKey(HEADER) ? List.of(headers.get(HEADER).split(BETWEEN)) : List.of();
    }

    /**
     * An answer with the header that names them.
     *
     * @param answer the answer
     * @param told   as for {@link #header}
     * @return the same answer with one header more, or the very same if there are no names
     */
    public static ApiResponse named(ApiResponse answer, Collection<String> told) {
        if (told.isEmpty()) {
            return answer;
        }
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.putAll(header(told));
        return new ApiResponse(answer.status(), headers, answer.body());
    }

    private static String safe(String name) {
        StringBuilder safe = new StringBuilder();
        for (byte one : name.substring(0, Math.min(name.length(), LONGEST)).getBytes(StandardCharsets.UTF_8)) {
            boolean plain = one >= '0' && one <= '9' || one >= 'A' && one <= 'Z' || one >= 'a' && one <= 'z'
                    || one == '.' || one == '-' || one == '_';
            String told = plain ? Character.toString((char) one) : String.format("%%%02X", one & 0xff);
            if (safe.length() + told.length() > LONGEST) {
                break;
            }
            safe.append(told);
        }
        return safe.toString();
    }
}
