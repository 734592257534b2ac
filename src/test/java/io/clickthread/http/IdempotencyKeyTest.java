package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is an Idempotency-Key, and what makes two requests the same. */
class IdempotencyKeyTest {

    private static final byte[] API_KEY = {1};

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"7b0f3f9e-4c3e, 7b0f3f9e-4c3e", "\"7b0f3f9e-4c3e\", 7b0f3f9e-4c3e", "!~, !~",
        "a\"b, a\"b", "\"a\\\"b\", a\"b", "\"a\\\\b\", a\\b", "a\\b, a\\b"})
    void aKeyIsBareOrQuoted(String header, String key) {
        assertThat(key(header)).isEqualTo(key);
    }

    @Test
    void aKeyHasUpTo255Characters() {
        String longest = "x".repeat(255);
        assertThat(key(longest)).isEqualTo(longest);
        assertThat(key('"' + longest + '"')).isEqualTo(longest);
    }

    static List<String> noKeys() {
        return List.of("", "\"\"", "\"", "two words", "\"two words\"", "\"open", "\"a\"b\"", "\"a\\b\"", "\"a\";p=1", "\"a\", b", "ä",
                "a\u0000", "tab\there", "\u007f", "x".repeat(256), '"' + "x".repeat(256) + '"');
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void anythingElseIsRefused(String header) {
        assertThatThrownBy(() -> key(header)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.body().code()).isEqualTo("invalid_idempotency_key");
        });
    }

    @Test
    void twoHeadersAreRefusedEvenIfTheyAreTheSame() {
        assertThatThrownBy(() -> IdempotencyKey.of(List.of("a", "a"), API_KEY, "POST /", new byte[0]))
                .isInstanceOf(Problem.class);
    }

    @Test
    void theFingerprintIsOfTargetAndBodyAndTheClaimIsTheRequestsOwn() {
        IdempotencyKey first = key("POST /a?", "b");
        assertThat(key("POST /a?", "b").fingerprint()).isEqualTo(first.fingerprint());
        assertThat(key("POST /a?", "b").claim()).isNotEqualTo(first.claim());
        for (IdempotencyKey other : List.of(key("PUT /a?", "b"), key("POST /a?b", ""), key("POST /a?", "B"),
                key("POST /a?", ""))) {
            assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
        }
    }

    private static String key(String header) {
        return IdempotencyKey.of(List.of(header), API_KEY, "POST /", new byte[0]).key();
    }

    private static IdempotencyKey key(String target, String body) {
        return IdempotencyKey.of(List.of("k"), API_KEY, target, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
