package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too large, of another kind, or no JSON, at every address that takes one. */
class BodyEdgeTest {

    private static final int LIMIT = 3 * 1024 * 1024;
    private final Server server = Server.shared();

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/meta", "/api/v1/whatsapp/conversions", "/api/v1/whatsapp/dataset",
        "/api/v1/connect/whatsapp/credentials", "/v1/whatsapp/conversions"})
    void aBodyAboveTheLimitIsRefused(String path) {
        Reply reply = server.call("POST", path, new byte[LIMIT + 1]);

        assertError(reply, 413, "payload_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/meta", "/api/v1/whatsapp/conversions"})
    void aChunkedBodyAboveTheLimitIsRefusedAsWell(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url(path)))
                .header("Authorization", "Bearer " + Server.KEY).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LIMIT + 1])))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(Server.JSON.readTree(response.body()).path("code").asText()).isEqualTo("payload_too_large");
    }

    @Test
    void aWebhookAtTheLimitIsRead() {
        TestAccount account = TestAccount.connect(server);
        String phone = Webhooks.phone();
        byte[] body = Server.json(Webhooks.of(account.phoneNumberId, Webhooks.click(phone, "c", TestAccount.now())));
        byte[] full = java.util.Arrays.copyOf(body, LIMIT);
        java.util.Arrays.fill(full, body.length, LIMIT, (byte) ' ');

        assertThat(server.webhook(full).status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/webhooks/meta, gzip", "/webhooks/meta, br", "/api/v1/whatsapp/conversions, gzip",
        "/v1/whatsapp/dataset, deflate"})
    void anEncodedBodyIsRefused(String path, String encoding) {
        Reply reply = server.call("POST", path, "{}", "Content-Encoding", encoding);

        assertError(reply, 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @CsvSource({"POST, /webhooks/meta", "POST, /api/v1/whatsapp/conversions", "POST, /api/v1/whatsapp/dataset",
        "POST, /api/v1/connect/whatsapp/credentials", "PUT, /api/v1/accounts/0123456789abcdef01234567"})
    void aBodyOfAnotherTypeIsRefused(String method, String path) {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "application/xml",
            "multipart/form-data; boundary=x"}) {
            assertError(server.send(method, path, "{}".getBytes(StandardCharsets.UTF_8), "Authorization",
                    "Bearer " + Server.KEY, "Content-Type", type), 415, "unsupported_media_type");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/meta", "/api/v1/whatsapp/conversions"})
    void aBodyWithoutATypeIsRefused(String path) {
        Reply reply = server.send("POST", path, "{}".getBytes(StandardCharsets.UTF_8), "Authorization",
                "Bearer " + Server.KEY);

        assertThat(reply.status()).isIn(400, 415);
        assertThat(reply.json().path("error").asText()).isNotEmpty();
    }

    @Test
    void aTypeWithACharacterSetIsTheSameType() {
        TestAccount account = TestAccount.connect(server);
        Reply reply = server.send("POST", "/api/v1/whatsapp/dataset", Server.json(java.util.Map.of("accountId", account.id)),
                "Authorization", "Bearer " + Server.KEY, "Content-Type", "application/json; charset=utf-8");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"POST, /api/v1/whatsapp/conversions", "POST, /api/v1/whatsapp/dataset", "POST, /v1/whatsapp/dataset",
        "POST, /api/v1/connect/whatsapp/credentials"})
    void aBodyThatIsNoJsonObjectIsRefused(String method, String path) {
        List<String> bodies = new ArrayList<>(List.of("{broken", "", " ", "[]", "[{}]", "null", "7", "\"text\"", "{} {}",
                "{'a':1}", "{\"a\":NaN}", "{\"a\":1e9999999999}", "\0", "{\"a\":\"\u0001\"}"));
        bodies.add("{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}");
        bodies.add("{\"a\":" + "9".repeat(5_000) + "}");
        for (String body : bodies) {
            Reply reply = server.call(method, path, body);
            assertThat(reply.status()).as(body.length() > 100 ? "a deep or long body" : body).isEqualTo(400);
            assertThat(reply.json().path("code").asText()).isEqualTo("invalid_json_body");
        }
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] body = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};

        assertThat(server.call("POST", "/api/v1/whatsapp/conversions", body).status()).isEqualTo(400);
    }

    private static void assertError(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
        assertThat(reply.json().path("code").asText()).isEqualTo(code);
        assertThat(reply.json().path("error").asText()).isNotEmpty();
        assertThat(reply.json().path("type").asText()).isEqualTo("invalid_request_error");
    }
}
