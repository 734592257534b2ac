package io.clickthread.http;

import io.clickthread.system.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request under the {@code Idempotency-Key} of its header, as draft-ietf-httpapi-idempotency-key-header has it.
 *
 * @param apiKey      SHA-256 of the caller's API key; callers do not share keys
 * @param key         the header's text
 * @param fingerprint SHA-256 of what the request asks for
 * @param claim       tells this request from all others with the key
 */
record IdempotencyKey(byte[] apiKey, String key, byte[] fingerprint, String claim) {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern BARE = Pattern.compile("[!-~&&[^\"]][!-~]{0,254}");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[!-~&&[^\"\\\\]]|\\\\[\"\\\\]){1,255})\"");

    /**
     * A request that wants to run under a key.
     *
     * @param header every value of the header, at least one
     * @param apiKey SHA-256 of the API key
     * @param target method, path and query
     * @param body   the exact bytes
     * @return the request's claim on the key
     * @throws Problem 400 for a header that is no key
     */
    static IdempotencyKey of(List<String> header, byte[] apiKey, String target, byte[] body) {
        MessageDigest fingerprint = ApiKeys.sha256();
        fingerprint.update(target.getBytes(StandardCharsets.UTF_8));
        fingerprint.update((byte) '\n');
        return new IdempotencyKey(apiKey, text(header), fingerprint.digest(body), Ids.next());
    }

    /** The draft wants a quoted string, but most clients send the bare text; both name the same key. */
    private static String text(List<String> header) {
        String value = header.size() == 1 ? header.get(0) : "";
        Matcher quoted = QUOTED.matcher(value);
        if (quoted.matches()) {
            return quoted.group(1).replaceAll("\\\\(.)", "$1");
        }
        if (!BARE.matcher(value).matches()) {
            throw Problem.invalid("invalid_idempotency_key", HEADER,
                    "Idempotency-Key must be sent once, with 1 to 255 visible ASCII characters, such as a UUID.");
        }
        return value;
    }

    @Override
    public String toString() {
        return "IdempotencyKey[" + claim + "]"; // the rest is a person's
    }
}
