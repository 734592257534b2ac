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
        return names.stream().distinct().limit(MOST).map(IgnoredFields::safe).toList();
    }

    /**
     * The header that names them.
     *
     * @param names as they were sent
     * @return one header, or none if there are no names
     */
    public static Map<String, String> header(Collection<String> names) {
        return names.isEmpty() ? Map.of()
                : Map.of(HEADER, told(names).stream().collect(Collectors.joining(", ")));
    }

    /**
     * An answer with the header that names them.
     *
     * @param answer the answer
     * @param names  as they were sent
     * @return the same answer with one header more, or the very same if there are no names
     */
    public static Answer named(Answer answer, Collection<String> names) {
        if (names.isEmpty()) {
            return answer;
        }
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.putAll(header(names));
        return new Answer(answer.status(), headers, answer.body());
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
