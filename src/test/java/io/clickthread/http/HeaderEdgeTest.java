package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A header of a request steers nothing, and none comes back. */
class HeaderEdgeTest {

    private static final String[] INJECTED = {
        "CamelHttpUri", "http://127.0.0.1:1/stolen", "CamelHttpPath", "/stolen", "CamelHttpQuery", "stolen=1",
        "CamelHttpMethod", "DELETE", "CamelHttpResponseCode", "299", "CamelSqlQuery", "select 'stolen'",
        "CamelSqlParameters", "x", "CamelBeanMethodName", "toString", "CamelFileName", "stolen.txt",
        "CamelToEndpoint", "log:stolen", "CamelSplitSize", "7", "CamelHttpRawQuery", "stolen=1", "Exchange.X", "x",
        "id", "stolen", "accountId", "stolen", "limit", "1", "conversationId", "stolen", "breadcrumbId", "stolen",
        "X-Stolen", "stolen"};

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @Test
    void injectedHeadersChangeNeitherTheCallToMetaNorTheAnswer() {
        String phone = account.clicked("clid");
        Map<String, Object> body = new LinkedHashMap<>(Map.of("accountId", account.id, "phoneE164", phone,
                "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "1"));

        Reply reply = server.call("POST", "/api/v1/whatsapp/conversions?CamelHttpUri=http://127.0.0.1:1&CamelSqlQuery=x",
                body, INJECTED);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("eventsReceived").asInt()).isEqualTo(1);
        StandInGraph.Call call = server.graph.calls(account.datasetId + "/events").get(0);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.query()).isNull();
        assertThat(call.headers().toString()).doesNotContain("stolen");
        assertNothingComesBack(reply);
    }

    @Test
    void injectedHeadersChangeNoPathNoQueryAndNoStatement() {
        String phone = account.clicked("clid");
        String id = account.conversation(phone).path("id").asText();
        String path = "/api/v1/inbox/conversations/" + id + "?accountId=" + account.id;

        Reply with = server.call("GET", path, null, INJECTED);

        assertThat(with.status()).isEqualTo(200);
        assertThat(with.body()).isEqualTo(server.call("GET", path, null).body());
        assertNothingComesBack(with);
    }

    @Test
    void injectedHeadersChangeNoWebhook() {
        String phone = Webhooks.phone();
        byte[] body = Server.json(Webhooks.of(account.phoneNumberId, Webhooks.click(phone, "c", TestAccount.now())));
        String[] headers = Arrays.copyOf(INJECTED, INJECTED.length + 4);
        headers[INJECTED.length] = "X-Hub-Signature-256";
        headers[INJECTED.length + 1] = Webhooks.signature(body, Server.APP_SECRET);
        headers[INJECTED.length + 2] = "Content-Type";
        headers[INJECTED.length + 3] = "application/json";

        Reply reply = server.send("POST", "/webhooks/meta", body, headers);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
        assertNothingComesBack(reply);
    }

    @Test
    void refusalsBringNoHeaderBackEither() {
        for (String path : List.of("/api/v1/nothing", "/api/v1/accounts?limit=0", "/webhooks/meta?hub.mode=x")) {
            assertNothingComesBack(server.call("GET", path, null, INJECTED));
        }
    }

    @Test
    void everyAnswerHasARequestIdOfItsOwn() {
        String first = server.call("GET", "/api/v1/accounts", null).header("X-Request-Id");
        String second = server.send("GET", "/nothing", null).header("X-Request-Id");

        assertThat(first).isNotEmpty().isNotEqualTo(second);
        assertThat(second).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7b0f3f9e-4c3e-4a51-9b5e-0d6c1f7d2a11", "trace_1.2-3"})
    void aGoodRequestIdIsUsedAgain(String id) {
        for (String path : new String[] {"/api/v1/accounts", "/v1/accounts", "/nothing", "/webhooks/meta"}) {
            assertThat(server.call("GET", path, null, "X-Request-Id", id).header("X-Request-Id")).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "<script>", "${jndi:ldap://x}", "a;b", "\u00e9", "{{api-key}}"})
    void aHostileRequestIdIsReplaced(String id) {
        assertThat(server.call("GET", "/api/v1/accounts", null, "X-Request-Id", id).header("X-Request-Id"))
                .matches("[A-Za-z0-9._-]{1,128}").isNotEqualTo(id);
    }

    @Test
    void aRequestIdThatIsTooLongIsReplaced() {
        assertThat(server.call("GET", "/nothing", null, "X-Request-Id", "x".repeat(129)).header("X-Request-Id"))
                .hasSize(36);
    }

    private static void assertNothingComesBack(Reply reply) {
        assertThat(reply.headers().toString()).doesNotContain("stolen", "Bearer", "Camel", "camel");
        assertThat(reply.headers().keySet()).isSubsetOf("x-request-id", "x-content-type-options", "cache-control",
                "content-type", "content-length", "location", "X-Request-Id", "X-Content-Type-Options", "Cache-Control",
                "Content-Type", "Content-Length", "Location");
        assertThat(reply.body()).doesNotContain("stolen");
    }
}
