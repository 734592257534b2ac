package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, addresses and keys that do not fit. */
class AddressEdgeTest {

    private final Server server = Server.shared();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/api/v1/nothing", "/v1/nothing", "/api/v2/accounts", "/webhooks",
        "/webhooks/meta/more/less", "/favicon.ico", "/actuator/health", "/api/v1", "/v1/", "/api/v1/accounts/a/b/c",
        "/%2e%2e/etc/passwd", "/api/v1/whatsapp/../../x"})
    void anUnknownAddressIsNotFoundInJson(String path) {
        Reply reply = server.call("GET", path, null);

        assertThat(reply.status()).as(reply.body()).isEqualTo(404);
        assertThat(reply.json().path("type").asText()).isEqualTo("not_found");
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/v1/connect/whatsapp/credentials", "DELETE, /api/v1/whatsapp/conversions",
        "PUT, /webhooks/meta", "DELETE, /webhooks/meta", "PATCH, /api/v1/accounts", "POST, /api/v1/inbox/conversations",
        "OPTIONS, /api/v1/accounts", "HEAD, /webhooks/meta", "TRACE, /api/v1/accounts"})
    void anotherMethodIsNotAllowed(String method, String path) {
        Reply reply = server.call(method, path, null);

        assertThat(reply.status()).as(reply.body()).isEqualTo(405);
        if (!method.equals("HEAD")) {
            assertThat(reply.json().path("code").asText()).isEqualTo("method_not_allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%61pi/v1/accounts", "//api/v1/accounts", "/x/../api/v1/accounts", "/./v1/accounts",
        "/%76%31/accounts", "//v1//accounts", "/api/%76%31/accounts", "/api/./v1/accounts"})
    void aKeyIsNeededHoweverTheAddressIsWritten(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "-                              | missing_credentials",
        "Basic dXNlcjpwYXNz             | missing_credentials",
        "Token x                        | missing_credentials",
        "Bearer                         | missing_credentials",
        "Bearer wrong                   | invalid_credentials",
        "Bearer test-key-0123456789-0123456789-012345678 | invalid_credentials",
        "Bearer ' or 1=1 --             | invalid_credentials"})
    void withoutAKnownKeyNothingIsTold(String authorization, String code) {
        for (String path : new String[] {"/api/v1/accounts", "/v1/accounts", "/api/v1/nothing", "/v1/whatsapp/conversions"}) {
            Reply reply = authorization == null ? server.send("GET", path, null)
                    : server.send("GET", path, null, "Authorization", authorization);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.json().path("code").asText()).isEqualTo(code);
            assertThat(reply.json().path("type").asText()).isEqualTo("authentication_error");
            assertThat(reply.json().path("error").asText()).startsWith("Unauthorized");
            assertThat(reply.body()).doesNotContain("wrong");
        }
    }

    @Test
    void theWordBearerMayBeWrittenInAnyCase() {
        assertThat(server.send("GET", "/api/v1/accounts", null, "Authorization", "bearer " + Server.KEY).status())
                .isEqualTo(200);
    }

    @Test
    void aKeyInTheAddressIsNoKey() {
        assertThat(server.send("GET", "/api/v1/accounts?access_token=" + Server.KEY + "&api_key=" + Server.KEY, null)
                .status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/accounts?profileId=%zz", "/api/v1/accounts?profileId=%", "/api/v1/accounts?%a=1",
        "/api/v1/whatsapp/conversions/%", "/api/v1/whatsapp/conversions/%zz", "/webhooks/meta?hub.mode=%f",
        "/api/v1/accounts?profileId=%00", "/api/v1/inbox/conversations/%00?accountId=x"})
    void aBadlyEncodedAddressIsA400(String target) throws Exception {
        String answer = raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Server.KEY
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"error\":").contains("X-Request-Id: ");
    }

    @Test
    void whatIsNoHttpIsClosedWithoutAnAnswerOfOurInsides() throws Exception {
        assertThat(raw("GARBAGE\r\n\r\n")).doesNotContain("io.vertx", "Exception", "\tat ");
    }

    @Test
    void encodedSegmentsAreDecoded() {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("clid");
        String id = account.conversation(phone).path("id").asText();
        String encoded = "%" + Integer.toHexString(id.charAt(0)) + id.substring(1);

        assertThat(server.call("GET", "/api/v1/inbox/conversations/" + encoded + "?accountId=" + account.id, null).json()
                .at("/data/id").asText()).isEqualTo(id);
    }

    @Test
    void bothAddressesOfTheApiAnswerTheSame() {
        TestAccount account = TestAccount.connect(server);
        for (String path : new String[] {"/whatsapp/dataset?accountId=" + account.id, "/accounts?page=1&limit=1",
            "/whatsapp/conversions?accountId=" + account.id, "/accounts/x", "/inbox/conversations?limit=0"}) {
            Reply one = server.call("GET", "/api/v1" + path, null);
            Reply other = server.call("GET", "/v1" + path, null);
            assertThat(other.status()).isEqualTo(one.status());
            assertThat(other.body()).isEqualTo(one.body());
        }
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("localhost", server.port); OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(10_000);
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
