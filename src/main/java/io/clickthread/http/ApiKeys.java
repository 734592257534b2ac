package io.clickthread.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clickthread.store.Sql;
import io.clickthread.system.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who may call the API: keys are stored as SHA-256 and compared in constant time. */
@Component
class ApiKeys {

    private static final String BEARER = "Bearer ";

    private final JdbcTemplate jdbc;
    private final String find = Sql.read("find-api-key");
    /** Only keys that exist are remembered, so that a wrong guess takes no memory. */
    private final Cache<ByteBuffer, byte[]> known;

    ApiKeys(JdbcTemplate jdbc, Settings settings) {
        this.jdbc = jdbc;
        this.known = Caffeine.newBuilder().maximumSize(1_000)
                .expireAfterWrite(Duration.ofSeconds(30)).build(); // how long a removed key may still be taken
        jdbc.update(Sql.read("save-api-key"), hash(BEARER + settings.apiKey()), "settings");
    }

    /**
     * Checks the key of a request; looks in the database when the key was not seen for a while.
     *
     * @param authorization the header, or null
     * @return null if the key is good, else the refusal
     */
    Problem refusal(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Problem.of(401, "authentication_error", "missing_credentials",
                    "Unauthorized: send your API key in the header 'Authorization: Bearer <key>'.");
        }
        byte[] hash = hash(authorization);
        byte[] stored = known.get(ByteBuffer.wrap(hash), this::load);
        return stored != null && MessageDigest.isEqual(stored, hash) ? null
                : Problem.of(401, "authentication_error", "invalid_credentials",
                        "Unauthorized: this API key is not known here. Check CLICKTHREAD_API_KEY.");
    }

    /** Whether {@link #refusal} would answer from memory, so that it may be called on an event loop. */
    boolean remembers(String authorization) {
        return authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                || known.getIfPresent(ByteBuffer.wrap(hash(authorization))) != null;
    }

    private byte[] load(ByteBuffer hash) {
        List<byte[]> found = jdbc.query(find, (row, number) -> row.getBytes("hash"), (Object) hash.array());
        return found.isEmpty() ? null : found.get(0);
    }

    /** SHA-256 of the key in a header that {@link #refusal} let pass. */
    static byte[] hash(String authorization) {
        return sha256().digest(authorization.substring(BEARER.length()).trim().getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
