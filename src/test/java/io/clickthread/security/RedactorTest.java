package io.clickthread.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote loses the secrets that stand in it, and nothing else. */
class RedactorTest {

    private static final String TOKEN = "EAAC-token/of+this|account=0123456789";
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Redactor redactor = new Redactor(Arrays.asList(TOKEN, "an-app-secret-of-32", "short", null, " "));

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, "EAAC-token/of+this", "EAAC-tok", "an-app-secret-of-32",
        "EAAanotherTokenThatNobodyHereKnows123"})
    void aSecretIsTakenOutWhereverItStands(String secret) {
        assertThat(redactor.text("Malformed access token " + secret + ".")).startsWith("Malformed access token [secret]")
                .doesNotContain(secret);
        assertThat(redactor.text(secret + " " + secret)).doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Invalid parameter", "EAAC", "AbCEAA0123456789012345678901234567890", "EAA is no token", "a short text"})
    void whatIsNoSecretStays(String text) {
        assertThat(redactor.text(text)).isEqualTo(text);
    }

    @Test
    void aTreeIsRedactedInItsNamesAndTextsHoweverTheyAreEscaped() throws IOException {
        JsonNode tree = JSON.readTree("{\"error\":{\"code\":190,\"message\":\"Malformed EAAC\\u002dtoken\\/of+this|account=0\","
                + "\"error_data\":[{\"EAAC-token/of\":[\"an-app-secret-of-32\",true,null,1.50]}]}}");

        assertThat(redactor.tree(tree)).isEqualTo(JSON.readTree("{\"error\":{\"code\":190,\"message\":\"Malformed [secret]\","
                + "\"error_data\":[{\"[secret]\":[\"[secret]\",true,null,1.50]}]}}"));
        JsonNode harmless = JSON.readTree("{\"a\":[1,\"b\"]}");
        assertThat(redactor.tree(harmless)).isSameAs(harmless);
        assertThat(new Redactor(List.of()).text("x")).isEqualTo("x");
        assertThat(redactor.text(null)).isNull();
    }
}
