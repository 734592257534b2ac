package io.clickthread.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.local.DemoAccount;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.Webhooks;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clickthread with its own simulator in Meta's place, as on a first run. */
class SimulatorTest {

    private static final String GRAPH = "/simulator/graph/v25.0/";
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.start(Map.of("clickthread.graph.url",
                "http://127.0.0.1:${clickthread.port}/simulator/graph", "clickthread.graph.response-timeout", "5s"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void aClickAndAConversionNeedNothingButTheDemoAccount() {
        JsonNode click = click(Map.of());
        assertThat(click.path("webhookStatus").asInt()).isEqualTo(200);
        assertThat(ClickIds.isIssued(click.path("ctwa_clid").asText())).isTrue();
        Reply reply = convert(click, "order-" + Webhooks.unique(), null);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("eventsReceived").asInt()).isEqualTo(1);
    }

    @Test
    void aMadeUpClickIdIsRefusedAsMetaDoes() {
        JsonNode click = click(Map.of("clickId", "ARAmade-up-" + Webhooks.unique()));
        Reply reply = convert(click, "order-" + Webhooks.unique(), null);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("eventsFailed").asInt()).isEqualTo(1);
        assertThat(reply.body()).contains("2804087");
    }

    @Test
    void aFlakyEventIsDeliveredInTheEnd() {
        String eventId = "flaky-2-" + Webhooks.unique();
        Reply first = convert(click(Map.of()), eventId, null);
        assertThat(first.status()).as(first.body()).isEqualTo(202);
        String id = first.json().path("conversionId").asText();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode shown = server.call("GET", "/api/v1/whatsapp/conversions/" + id, null).json();
            assertThat(shown.toString()).contains("\"delivered\"");
            assertThat(shown.findValue("attempts").size()).isEqualTo(3);
        });
    }

    @Test
    void discardedEventsCountAsFailed() {
        Reply reply = convert(click(Map.of()), "order-" + Webhooks.unique(), "simulate-nothing-received");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("eventsFailed").asInt()).isEqualTo(1);
    }

    @Test
    void aCutConnectionLeavesTheConversionUnknown() {
        Reply reply = convert(click(Map.of()), "order-" + Webhooks.unique(), "simulate-reset");
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("unknown");
    }

    @Test
    void conversionsAndTheSimulatorDoNotTakeEachOthersWorkers() {
        for (Reply reply : atOnce(32)) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        }
    }

    @Test
    void moreConversionsAtOnceThanCallsMayBeUnderWayAreAllDelivered() {
        for (Reply reply : atOnce(200)) {
            assertThat(reply.status()).as(reply.body()).isIn(200, 202);
            assertThat(reply.json().path("status").asText("")).isNotEqualTo("unknown");
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(server.database().queryForObject(
                "select count(*) from conversion where event_id like 'burst-%' and state <> 'delivered'", Integer.class))
                .isZero());
    }

    private static List<Reply> atOnce(int callers) {
        JsonNode click = click(Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            return IntStream.range(0, callers).mapToObj(i -> CompletableFuture.supplyAsync(
                    () -> convert(click, "burst-" + Webhooks.unique(), null), threads)).toList()
                    .stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"bad-token,401,190,", "expired-token,401,190,", "no-permission,403,200,", "no-access,403,10,",
        "policy-block,400,368,", "unknown-object,400,100,", "not-verified,400,100,", "app-limit,403,4,X-App-Usage",
        "user-limit,400,17,X-Ad-Account-Usage", "business-limit,400,80004,X-Business-Use-Case-Usage",
        "too-many-requests,429,613,Retry-After", "unknown-error,500,1,", "service-down,503,2,", "no-such,400,100,"})
    void aDocumentedValueProvokesEachOfMetasErrors(String word, int status, int code, String header) {
        Reply byToken = graph("GET", "123", "EAAx-simulate-" + word, null);
        Reply byId = graph("POST", "123-simulate-" + word + "/dataset", "EAAx", "{}");
        for (Reply reply : word.equals("bad-token") || word.equals("expired-token") ? List.of(byToken)
                : List.of(byToken, byId)) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(status);
            assertThat(reply.json().at("/error/code").asInt()).isEqualTo(code);
            assertThat(reply.json().at("/error/fbtrace_id").asText()).startsWith("A");
            assertThat(header == null ? "" : reply.header(header)).isNotNull();
        }
    }

    @Test
    void aProxysPageIsNoJson() {
        Reply reply = graph("GET", "123-simulate-proxy-error", "EAAx", null);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.body()).startsWith("<html>");
    }

    @Test
    void aCutConnectionGetsNoAnswer() {
        assertThatThrownBy(() -> graph("GET", "123-simulate-reset", "EAAx", null)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void withoutATokenOfMetaNothingIsAnswered() {
        assertThat(server.send("GET", GRAPH + "123", null).status()).isEqualTo(401);
        assertThat(graph("GET", "123", "other", null).json().at("/error/code").asInt()).isEqualTo(190);
        assertThat(server.send("GET", GRAPH + "123?access_token=EAAx", null).status()).isEqualTo(200);
        assertThat(graph("GET", "123?appsecret_proof=00", "EAAx", null).json().at("/error/code").asInt()).isEqualTo(104);
        assertThat(server.send("GET", "/simulator/graph/latest/123", null, "Authorization", "Bearer EAAx").json()
                .at("/error/code").asInt()).isEqualTo(2500);
    }

    @Test
    void errorTextsSpeakTheCallersLanguage() {
        String body = "{\"data\":[{\"event_name\":\"Lead\",\"event_time\":" + System.currentTimeMillis() / 1000
                + ",\"action_source\":\"business_messaging\",\"messaging_channel\":\"whatsapp\",\"user_data\":{}}]}";
        Reply english = graph("POST", "777/events", "EAAx", body);
        assertThat(english.json().at("/error/error_subcode").asInt()).isEqualTo(2804066);
        assertThat(english.json().at("/error/error_user_title").asText()).startsWith("Messaging Event");
        for (Reply reply : List.of(graph("POST", "777/events", "EAAx-pt_BR", body),
                graph("POST", "777/events?locale=pt_BR", "EAAx", body),
                graph("POST", "777/events", "EAAx", body, "Accept-Language", "pt-BR,pt;q=0.9,en;q=0.8"))) {
            assertThat(reply.json().at("/error/error_user_title").asText()).startsWith("Tipo inválido");
        }
    }

    @Test
    void aDatasetIsCreatedOnceAndThenFound() {
        String waba = Webhooks.unique();
        assertThat(graph("GET", waba + "/dataset", "EAAx", null).json().path("data")).isEmpty();
        String id = graph("POST", waba + "/dataset", "EAAx", "{}").json().path("id").asText();
        assertThat(id).matches("\\d{15,}");
        assertThat(graph("POST", waba + "/dataset", "EAAx", "{}").json().path("id").asText()).isEqualTo(id);
        assertThat(graph("GET", waba + "/dataset", "EAAx", null).json().at("/data/0/id").asText()).isEqualTo(id);
    }

    @Test
    void debugTokenTellsGoodTokensFromBadOnes() {
        assertThat(graph("GET", "debug_token?input_token=EAAy", "EAAx", null).json().at("/data/is_valid").asBoolean()).isTrue();
        JsonNode bad = graph("GET", "debug_token?input_token=EAA-simulate-expired-token", "EAAx", null).json();
        assertThat(bad.at("/data/is_valid").asBoolean(true)).isFalse();
        assertThat(bad.at("/data/error/code").asInt()).isEqualTo(190);
        assertThat(graph("GET", "debug_token", "EAAx", null).json().at("/error/code").asInt()).isEqualTo(100);
    }

    @Test
    void aClickIsWhatItsOptionsSay() {
        JsonNode organic = message(click(Map.of("organic", true)), 0);
        assertThat(organic.has("referral")).isFalse();
        JsonNode touch = message(click(Map.of("withoutClickId", true, "adId", "42", "headline", "Café")), 0);
        assertThat(touch.at("/referral/source_id").asText()).isEqualTo("42");
        assertThat(touch.at("/referral/headline").asText()).isEqualTo("Café");
        assertThat(touch.path("referral").has("ctwa_clid")).isFalse();
        String phone = "+" + Webhooks.phone();
        JsonNode hidden = click(Map.of("withoutPhone", true, "phone", phone));
        assertThat(hidden.has("phone")).isFalse();
        assertThat(message(hidden, 0).has("from")).isFalse();
        assertThat(hidden.path("userId")).isEqualTo(click(Map.of("phone", phone)).path("userId"));
        JsonNode many = click(Map.of("messages", 3, "name", "Bo", "phoneNumberId", DemoAccount.PHONE_NUMBER_ID));
        assertThat(many.path("people")).hasSize(3);
        assertThat(message(many, 2).path("from")).isNotEqualTo(message(many, 1).path("from"));
        JsonNode twice = click(Map.of("duplicate", true));
        assertThat(server.database().queryForObject("select count(*) from click where ctwa_clid = ?", Integer.class,
                twice.path("ctwa_clid").asText())).isEqualTo(1);
    }

    @Test
    void aClickThatCannotBeMeantIsRefused() {
        for (Map<String, ?> body : List.<Map<String, ?>>of(Map.of("phon", "1"), Map.of("phone", 1), Map.of("organic", "yes"),
                Map.of("messages", 0), Map.of("messages", 1.5), Map.of("messages", 1001),
                Map.of("clickId", "x", "organic", true))) {
            Reply reply = server.send("POST", "/simulator/click", Server.json(body), "Content-Type", "application/json");
            assertThat(reply.status()).as("%s: %s", body, reply.body()).isEqualTo(400);
        }
        assertThat(server.send("POST", "/simulator/click", Server.json("a=b"), "Content-Type",
                "application/x-www-form-urlencoded").status()).isEqualTo(415);
    }

    private static JsonNode click(Map<String, ?> wishes) {
        Reply reply = server.send("POST", "/simulator/click", Server.json(wishes), "Content-Type", "application/json");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static JsonNode message(JsonNode click, int index) {
        return click.at("/webhook/entry/0/changes/0/value/messages/" + index);
    }

    private static Reply convert(JsonNode click, String eventId, String testCode) {
        Map<String, Object> body = new HashMap<>(Map.of("accountId", DemoAccount.ID, "phoneE164",
                click.path("phone").asText(), "eventName", "Purchase", "eventId", eventId, "value", 49, "currency", "USD"));
        if (testCode != null) {
            body.put("testCode", testCode);
        }
        return server.call("POST", "/api/v1/whatsapp/conversions", body);
    }

    private static Reply graph(String method, String path, String token, String body, String... headers) {
        String[] all = new String[headers.length + 4];
        System.arraycopy(headers, 0, all, 4, headers.length);
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        all[2] = "Content-Type";
        all[3] = "application/json";
        return server.send(method, GRAPH + path, body == null ? null : Server.json(body), all);
    }
}
