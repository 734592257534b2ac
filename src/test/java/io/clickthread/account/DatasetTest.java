package io.clickthread.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Call;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account's dataset: asked for, created once, and what happens if Meta will not. */
class DatasetTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server, null);
    private final String edge = account.wabaId + "/dataset";

    @Test
    void aDatasetIsCreatedOnceAndThenKnown() throws Exception {
        assertThat(show().json()).isEqualTo(Server.JSON.readTree("{\"datasetId\": null}"));

        assertThat(provision().json()).isEqualTo(
                Server.JSON.readTree("{\"datasetId\": \"9" + account.wabaId + "\", \"created\": true}"));
        assertThat(provision().json()).isEqualTo(
                Server.JSON.readTree("{\"datasetId\": \"9" + account.wabaId + "\", \"created\": false}"));

        assertThat(server.graph.calls(edge)).extracting(Call::method).containsExactly("GET", "POST");
        assertThat(server.graph.calls(edge).get(1).headers())
                .containsEntry("authorization", "Bearer EAAtest-" + account.wabaId);
        assertThat(server.graph.calls(edge)).allMatch(call -> call.query() == null && !call.body().contains("EAA"));
        assertThat(show().json().path("datasetId").asText()).isEqualTo("9" + account.wabaId);
        assertThat(server.call("GET", "/api/v1/accounts", null).body())
                .contains("\"metaCapiDatasetId\":\"9" + account.wabaId + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[{\"id\":\"4711\"}]}", "{\"id\":\"4711\"}", "{\"data\":[{\"id\":4711,\"name\":\"n\"}]}"})
    void anExistingDatasetIsFoundInEveryShapeAndNotCreated(String body) {
        server.graph.next(edge, Reaction.of(200, body));

        Reply reply = provision();

        assertThat(reply.json().path("datasetId")).isEqualTo(Server.JSON.getNodeFactory().textNode("4711"));
        assertThat(reply.json().path("created").asBoolean(true)).isFalse();
        assertThat(server.graph.calls(edge)).hasSize(1);
    }

    @Test
    void aConversionWorksOnceTheDatasetIsThere() {
        String phone = account.clicked("clid");
        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(422);
        provision();

        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(200);
        assertThat(server.graph.calls("9" + account.wabaId + "/events")).hasSize(1);
    }

    @Test
    void anInvalidParameterIsA422WithMetasOwnError() throws Exception {
        String error = "{\"message\":\"(#100) Invalid parameter\",\"type\":\"OAuthException\",\"code\":100,"
                + "\"fbtrace_id\":\"Axyz\"}";
        server.graph.next(edge, Reaction.of(200, "{\"data\":[]}"), Reaction.of(400, "{\"error\":" + error + "}"));

        Reply reply = provision();

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("error").asText()).contains("(#100) Invalid parameter");
        assertThat(reply.json().path("type").asText()).isEqualTo("platform_error");
        assertThat(reply.json().path("platform").asText()).isEqualTo("meta");
        assertThat(reply.json().path("platformError")).isEqualTo(Server.JSON.readTree(error));
        assertThat(show().json().path("datasetId").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3, 200, 299, 190})
    void aMissingPermissionIsA422ThatNamesIt(int code) {
        String body = "{\"error\":{\"message\":\"permission\",\"code\":" + code + "}}";
        server.graph.next(edge, Reaction.of(403, body), Reaction.of(403, body));

        Reply reply = provision();

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("error").asText()).contains("missing `whatsapp_business_manage_events`");
        assertThat(reply.json().at("/platformError/code").asInt()).isEqualTo(code);
    }

    @Test
    void aFailureOfMetaIsA502() {
        server.graph.next(edge, Reaction.of(500, "<html>"), Reaction.of(500, "{\"error\":{\"code\":2}}"));

        assertBadGateway(provision());
    }

    @Test
    void aThrottledCallIsA502() {
        server.graph.next(edge, Reaction.of(429, "{}"), Reaction.of(429, "{}"));

        assertBadGateway(provision());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 407, 451})
    void whatAProxyAnswersIsNotCalledARefusalOfMetas(int status) {
        String page = "<html><title>Blocked by the firewall</title></html>";
        server.graph.next(edge, Reaction.of(status, page), Reaction.of(status, page));

        Reply reply = provision();

        assertBadGateway(reply);
        assertThat(reply.json().path("error").asText()).contains("not Meta's", "HTTP " + status, "Blocked by the firewall")
                .doesNotContain("refused");
        assertThat(show().json().path("datasetId").isNull()).isTrue();
    }

    @Test
    void aThrottledCallIsA502WithMetasErrorToo() {
        String body = "{\"error\":{\"message\":\"slow down\",\"code\":4}}";
        server.graph.next(edge, Reaction.of(400, body), Reaction.of(400, body));

        assertBadGateway(provision());
    }

    @Test
    void silenceIsA502() {
        server.graph.next(edge, Reaction.reset(), Reaction.silence());

        assertBadGateway(provision());
        assertThat(provision().status()).as("another try once Meta is back").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"../../me\"}", "{\"id\":{}}", "[]", "{\"id\":\"\"}"})
    void anIdThatIsNoneIsNotStored(String body) {
        server.graph.next(edge, Reaction.of(200, body), Reaction.of(200, body));

        assertBadGateway(provision());
        assertThat(show().json().path("datasetId").isNull()).isTrue();
    }

    @Test
    void anAccountIsNeededAndMustExist() {
        assertThat(server.call("POST", "/api/v1/whatsapp/dataset", Map.of()).json().path("error").asText())
                .isEqualTo("'accountId' is required.");
        assertThat(server.call("GET", "/api/v1/whatsapp/dataset", null).status()).isEqualTo(400);
        for (Reply reply : new Reply[] {server.call("POST", "/api/v1/whatsapp/dataset", Map.of("accountId", "x")),
            server.call("GET", "/api/v1/whatsapp/dataset?accountId=x", null)}) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.json().path("error").asText()).contains("WhatsApp account not found");
        }
    }

    private Reply provision() {
        return server.call("POST", "/api/v1/whatsapp/dataset", Map.of("accountId", account.id));
    }

    private Reply show() {
        return server.call("GET", "/api/v1/whatsapp/dataset?accountId=" + account.id, null);
    }

    private static void assertBadGateway(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(502);
        assertThat(reply.json().path("type").asText()).isEqualTo("platform_error");
        assertThat(reply.json().path("platform").asText()).isEqualTo("meta");
        assertThat(reply.body()).doesNotContain("EAA");
    }
}
