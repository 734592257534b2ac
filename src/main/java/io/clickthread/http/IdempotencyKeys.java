package io.clickthread.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.store.Sql;
import io.clickthread.system.IdempotencySettings;
import io.clickthread.system.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Sees to it that requests with the same {@code Idempotency-Key} run once, on whatever instance they arrive: one row per
 * key, claimed under a lease before the request does anything and answered before the answer goes out. The price: a
 * process that dies between a request's work and its stored answer leaves the key to the repetition, which runs anew.
 */
@Component("idempotencyKeys")
public class IdempotencyKeys {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyKeys.class);
    private static final int LARGEST_BODY = 1_048_576;
    private static final int STEP = 500; // keys that one statement removes

    private final NamedParameterJdbcTemplate jdbc;
    private final ObjectMapper mapper;
    private final IdempotencySettings settings;
    private final String claim = Sql.read("claim-idempotency-key");
    private final String answer = Sql.read("answer-idempotency-key");
    private final String release = Sql.read("release-idempotency-key");
    private final Map<String, IdempotencyKey> underWay = new ConcurrentHashMap<>();

    IdempotencyKeys(NamedParameterJdbcTemplate jdbc, ObjectMapper mapper, Settings settings) {
        this.jdbc = jdbc;
        this.mapper = mapper;
        this.settings = settings.idempotency();
    }

    /**
     * Claims a key for a request.
     *
     * @return null if the request is the one to run, and {@link #end} to be called after it; else what to answer instead
     * @throws Problem            422 if the key belongs to another request
     * @throws DataAccessException if the database is away; nothing may be done then
     */
    WrittenResponse claim(IdempotencyKey key) {
        MapSqlParameterSource row = parameters(key).addValue("fingerprint", key.fingerprint())
                .addValue("leaseMillis", settings.lease().toMillis()).addValue("lifeMillis", settings.life().toMillis());
        List<Row> found = jdbc.query(claim, row, this::row);
        if (found.isEmpty()) {
            return inFlight();
        }
        Row holder = found.get(0);
        if (holder.claim().equals(key.claim())) {
            underWay.put(key.claim(), key);
            return null;
        }
        if (!Arrays.equals(holder.fingerprint(), key.fingerprint())) {
            throw Problem.unprocessable("idempotency_key_reused",
                    "This Idempotency-Key belongs to another request. Send a new key with a new request.");
        }
        return holder.answer() == null ? inFlight() : holder.answer();
    }

    /**
     * Keeps a request's answer for its repetitions, or frees the key if a repetition deserves another try: after a
     * failure of ours or Meta's (5xx), a refusal for lack of time (429), or an answer of more than 1 MB. It never fails
     * the request, whose work is done; without the row, the lease runs out and a repetition runs anew.
     */
    void settle(IdempotencyKey key, WrittenResponse given) {
        boolean isQuarantined = given.status() < 500 && given.status() != 429 && given.body().length <= LARGEST_BODY;
        try {
            MapSqlParameterSource row = parameters(key);
            if (isQuarantined) {
                row.addValue("status", given.status()).addValue("contentType", given.contentType())
                        .addValue("headers", mapper.writeValueAsString(given.headers())).addValue("body", given.body());
            }
            jdbc.update(isQuarantined ? answer : release, row);
        } catch (DataAccessException | JsonProcessingException e) {
            LOG.warn("An answer was not kept for repetitions: {}", e.getClass().getSimpleName());
        }
    }

    /** The request is over, answered or not; its lease is renewed no more. */
    void end(IdempotencyKey key) {
        underWay.remove(key.claim());
    }

    /**
     * The requests of this process that hold a key.
     *
     * @return the parameters of {@code renew-idempotency-claims.sql}, or null if there are none
     */
    public Map<String, Object> underWay() {
        List<IdempotencyKey> keys = List.copyOf(underWay.values());
        return keys.isEmpty() ? null : Map.of("leaseMillis", settings.lease().toMillis(),
                "apiKeys", texts(keys, key -> HexFormat.of().formatHex(key.apiKey())),
                "keys", texts(keys, IdempotencyKey::key), "claims", texts(keys, IdempotencyKey::claim));
    }

    /**
     * How old a key is that may go, and how many go at once.
     *
     * @return the parameters of {@code remove-old-idempotency-keys.sql}
     */
    public Map<String, Object> old() {
        return Map.of("lifeMillis", settings.life().toMillis(), "limit", STEP);
    }

    private WrittenResponse inFlight() {
        Problem problem = Problem.of(409, "invalid_request_error", "idempotency_in_flight",
                "A request with this Idempotency-Key is under way. Send it again in a moment to get its answer.");
        try {
            return WrittenResponse.of(new ApiResponse(409, Map.of("Retry-After", "1"), problem.body()), mapper);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a record of strings
        }
    }

    private Row row(ResultSet row, int number) throws SQLException {
        int status = row.getInt("status");
        if (row.wasNull()) {
            return new Row(row.getString("claim"), row.getBytes("fingerprint"), null);
        }
        try {
            Map<String, String> headers = new HashMap<>(mapper.readValue(row.getString("headers"),
                    new TypeReference<Map<String, String>>() { }));
            headers.put("Idempotent-Replayed", "true");
            return new Row(row.getString("claim"), row.getBytes("fingerprint"),
                    new WrittenResponse(status, row.getString("content_type"), headers, row.getBytes("body")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // written here
        }
    }

    private static MapSqlParameterSource parameters(IdempotencyKey key) {
        return new MapSqlParameterSource().addValue("apiKey", key.apiKey()).addValue("key", key.key())
                .addValue("claim", key.claim());
    }

    private static String[] texts(Collection<IdempotencyKey> keys, Function<IdempotencyKey, String> text) {
        return keys.stream().map(text).toArray(String[]::new);
    }

    /** Who has a key, and with which answer; null while it is under way. */
    private record Row(String claim, byte[] fingerprint, WrittenResponse answer) {
    }
}
