package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.http.ApiResponse;
import io.clickthread.http.ErrorResponses;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** {@code docs/openapi.yaml} against the running server: everything it says is provoked, and nothing else comes. */
class OpenApiTest {

    private static final String REFUSED = "{\"error\":{\"message\":\"No\",\"code\":100,\"error_subcode\":33}}";
    private static final String NOBODY = "ffffffffffffffffffffffff";

    private final OpenApi openApi = new OpenApi();
    private final Server server = Server.shared();
    private final Set<String> seen = new TreeSet<>();
    private final TestAccount account = TestAccount.connect(server);

    @Test
    void everyRouteIsDocumentedAndEveryDocumentedOperationHasARoute() throws IOException {
        Pattern route = Pattern.compile("uri: platform-http:(\\S+).*?httpMethodRestrict: (\\w+)", Pattern.DOTALL);
        Set<String> routes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            files.filter(Files::isRegularFile).filter(file -> !file.startsWith("routes/simulator")).forEach(file -> {
                Matcher matcher = route.matcher(Project.text(file.toString()));
                while (matcher.find()) {
                    routes.add(matcher.group(2) + " " + matcher.group(1));
                }
            });
        }
        routes.addAll(List.of("POST /webhooks/{provider}/{key}", "GET /webhooks/meta", "GET /webhooks/meta/{key}", "POST /sources/{source}",
                "POST /sources/chatwoot")); // templates'
        assertThat(openApi.operations().keySet()).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void everyExampleIsAnAnswerThatItsSchemaAllows() {
        assertThat(openApi.faultsOfExamples()).isEmpty();
    }

    @Test
    void everyOperationOfTheApiThatChangesSomethingTakesAnIdempotencyKey() {
        openApi.operations().forEach((name, operation) -> assertThat(takesIdempotencyKey(operation)).as(name)
                .isEqualTo(name.matches("(POST|PUT|PATCH|DELETE) /api/v1/.*") && !name.endsWith("/import")));
    }

    @Test
    void everyDocumentedAnswerIsGivenAsDocumented() {
        webhooks();
        new SourceCalls(server, this::see).make();
        new ReplayCalls(account, this::see).make();
        connect();
        accounts();
        dataset();
        conversations();
        sendConversions();
        conversions();
        delivery();
        new ChannelCalls(account, this::see).make();
        new AutomaticEventCalls(account, this::see).make();
        new BulkCalls(account).make(this::see);
        new DeadLetterCalls(server, this::see).make();
        refusalsOfTheEdge();
        idempotencyKeys();
        failures();
        assertThat(seen).containsExactlyElementsOf(openApi.answers());
    }

    private void webhooks() {
        String handshake = "/webhooks/meta?hub.mode=subscribe&hub.verify_token=";
        see("GET /webhooks/meta 200", get(handshake + Server.VERIFY_TOKEN + "&hub.challenge=17"));
        see("GET /webhooks/meta 400", get(handshake + Server.VERIFY_TOKEN));
        see("GET /webhooks/meta 403", get(handshake + "wrong&hub.challenge=17"));
        String other = handshake.replace("/meta", "/meta/" + account.phoneNumberId);
        see("GET /webhooks/meta/{key} 200", get(other + Server.VERIFY_TOKEN + "&hub.challenge=17"));
        see("GET /webhooks/meta/{key} 400", get(other + Server.VERIFY_TOKEN));
        see("GET /webhooks/meta/{key} 403", get(other + "wrong&hub.challenge=17"));
        see("POST /webhooks/meta 200", account.receive(Webhooks.click(Webhooks.phone(), "ARA", TestAccount.now())));
        see("POST /webhooks/meta 401", post("/webhooks/meta", Map.of()));
    }

    private void connect() {
        String path = "/api/v1/connect/whatsapp/credentials";
        String number = "20" + Webhooks.unique();
        Map<String, String> body = Map.of("accessToken", "EAAtest", "wabaId", "10" + number, "phoneNumberId", number);
        server.graph.next("/" + number, Reaction.of(400, REFUSED), Reaction.reset());
        see("POST " + path + " 422", post(path, body));
        see("POST " + path + " 502", post(path, body));
        see("POST " + path + " 200", post(path, body));
        see("POST " + path + " 200", post(path, Map.of("accessToken", "EAAtest", "wabaId", "11" + number)));
        see("POST " + path + " 400", post(path, Map.of("wabaId", 7)));
        see("POST " + path + " 400", post(path, "[]"));
    }

    private void accounts() {
        see("GET /api/v1/accounts 200", get("/api/v1/accounts"));
        see("GET /api/v1/accounts 200", get("/api/v1/accounts?page=1&limit=2&status=connected"));
        see("GET /api/v1/accounts 400", get("/api/v1/accounts?page=1"));
        String operation = " /api/v1/accounts/{accountId} ";
        TestAccount other = TestAccount.connect(server);
        String path = "/api/v1/accounts/" + other.id;
        Map<String, Object> change = Map.of("metadata", Map.of("metaCapiDatasetId", "5"));
        see("PUT" + operation + 200, server.call("PUT", path, change));
        see("PUT" + operation + 400, server.call("PUT", path, Map.of()));
        see("PUT" + operation + 404, server.call("PUT", "/api/v1/accounts/" + NOBODY, change));
        see("DELETE" + operation + 200, server.call("DELETE", path, null));
        see("DELETE" + operation + 404, server.call("DELETE", path, null));
        see("GET /api/v1/accounts 200", get("/api/v1/accounts?status=disconnected"));
    }

    private void delivery() {
        String path = "/api/v1/accounts/{accountId}";
        for (String id : List.of(account.id, NOBODY)) {
            int status = id.equals(NOBODY) ? 404 : 200;
            see("GET " + path + "/delivery " + status, get("/api/v1/accounts/" + id + "/delivery"));
            see("POST " + path + "/resume " + status, post("/api/v1/accounts/" + id + "/resume", null));
        }
    }

    private void dataset() {
        String path = "/api/v1/whatsapp/dataset";
        TestAccount bare = TestAccount.connect(server, null);
        server.graph.next(bare.wabaId + "/dataset", Reaction.of(200, "{\"data\":[]}"), Reaction.of(400, REFUSED),
                Reaction.of(200, "{\"data\":[]}"), Reaction.of(500, "{}"));
        see("GET " + path + " 200", get(path + "?accountId=" + bare.id));
        see("GET " + path + " 400", get(path));
        see("GET " + path + " 404", get(path + "?accountId=" + NOBODY));
        see("POST " + path + " 422", post(path, Map.of("accountId", bare.id)));
        see("POST " + path + " 502", post(path, Map.of("accountId", bare.id)));
        see("POST /api/v1/whatsapp/conversions 422", bare.convert("15551", "Purchase", "e"));
        see("POST " + path + " 200", post(path, Map.of("accountId", bare.id)));
        see("POST " + path + " 400", post(path, Map.of()));
        see("POST " + path + " 404", post(path, Map.of("accountId", NOBODY)));
    }

    private void conversations() {
        String path = "/api/v1/inbox/conversations";
        String clicked = account.clicked("ARAk-" + Webhooks.unique());
        account.receive(Webhooks.click(Webhooks.phone(), null, TestAccount.now()),
                Webhooks.text(Webhooks.phone(), TestAccount.now()));
        see("GET " + path + " 200", get(path + "?accountId=" + account.id));
        see("GET " + path + " 200", get(path + "?limit=1&sortOrder=asc"));
        see("GET " + path + " 400", get(path + "?cursor=none"));
        for (JsonNode row : get(path + "?accountId=" + account.id).json().path("data")) {
            see("GET " + path + "/{conversationId} 200",
                    get(path + "/" + row.path("id").asText() + "?accountId=" + account.id));
        }
        String id = account.conversation(clicked).path("id").asText();
        see("GET " + path + "/{conversationId} 400", get(path + "/" + id));
        see("GET " + path + "/{conversationId} 404", get(path + "/" + NOBODY + "?accountId=" + account.id));
    }

    private void sendConversions() {
        String send = "POST /api/v1/whatsapp/conversions ";
        String phone = account.clicked("ARAk-" + Webhooks.unique());
        see(send + 200, account.convert(phone, "Purchase", "good", "value", 49.5, "currency", "USD", "email",
                "A@example.com", "externalId", "77", "contentIds", new String[] {"a"}, "testCode", "TEST1", "country", "US"));
        see(send + 409, account.convert(phone, "Purchase", "good", "value", 50, "customData", Map.of("order_id", "1")));
        see(send + 200, account.convert(phone, "Purchase", "more", "customData", Map.of("order_id", "1"), "unheard", 1));
        see(send + 200, account.convert(phone, "Purchase", "more", "customData", Map.of("order_id", "1")));
        server.graph.next(account.datasetId + "/events",
                Reaction.of(400, "{\"error\":{\"message\":\"No\",\"code\":100,\"error_subcode\":2804019}}"),
                StandInGraph.USUAL, Reaction.silence(), Reaction.of(503, ""));
        see(send + 200, account.convert(phone, "Purchase", "refused"));
        see(send + 200, account.convert(phone, "Purchase", "refused", "value", 2, "contentIds", new String[] {"b"}));
        see(send + 202, account.convert(phone, "Purchase", "silent"));
        see(send + 202, account.convert(phone, "Purchase", "later")); // last: it goes again while the test runs
        see(send + 202, server.call("POST", "/api/v1/whatsapp/conversions", Map.of("accountId", account.id, "phoneE164",
                phone, "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "async"), "Prefer", "respond-async"));
        see(send + 202, server.call("POST", "/api/v1/whatsapp/conversions", Map.of("accountId", account.id, "phoneE164",
                Webhooks.phone(), "eventName", "Purchase", "value", 1, "currency", "USD",
                        "eventId", "parked"), "Prefer", "wait-for-click"));
        see(send + 400, account.convert(phone, "Lead", "lead", "value", "much", "currency", "EURO"));
        see(send + 404, account.convert(Webhooks.phone(), "Purchase", "nobody"));
    }

    private void conversions() {
        String path = "/api/v1/whatsapp/conversions";
        see("GET " + path + " 200", get(path + "?accountId=" + account.id));
        see("GET " + path + " 200", get(path + "?view=full&limit=2&since=0&accountId=" + account.id));
        see("GET " + path + " 400", get(path));
        see("GET " + path + " 404", get(path + "?accountId=" + NOBODY));
        JsonNode all = get(path + "?view=full&accountId=" + account.id).json().path("events");
        assertThat(all).hasSize(7);
        for (JsonNode row : all) {
            see("GET " + path + "/{conversionId} 200", get(path + "/" + row.path("id").asText()));
        }
        see("GET " + path + "/{conversionId} 404", get(path + "/none"));
    }

    /** What is the same for all operations: the key, the size and the type of a body. */
    private void refusalsOfTheEdge() {
        byte[] large = new byte[3_145_729];
        openApi.answers().forEach(answer -> {
            String[] parts = answer.split(" ");
            String path = parts[1].replace("{provider}", "whapi").replace("{source}", "shopify").replaceAll("\\{\\w+}", NOBODY);
            String key = "Bearer " + Server.KEY;
            switch (parts[1].endsWith("/import") && parts[2].equals("413") ? "its own" : parts[2]) {
                case "401" -> seeUnauthorized(answer, parts[0], path);
                case "413" -> see(answer, server.send(parts[0], path, large, "Authorization", key, "Content-Type",
                        "application/json"));
                case "415" -> see(answer, server.send(parts[0], path, new byte[] {'{', '}'}, "Authorization", key,
                        "Content-Type", "application/json", "Content-Encoding", "gzip"));
                default -> { }
            }
        });
    }

    /** A channel that is not there has no secret to be wrong; {@link ChannelCalls} makes one. */
    private void seeUnauthorized(String answer, String method, String path) {
        if (!path.startsWith("/webhooks/whapi/")) {
            see(answer, server.send(method, path, method.matches("PO.*|PU.*") ? new byte[0] : null, "Content-Type",
                    "application/json"));
        }
    }

    /** What is the same for all operations that take a key: one that is none, that belongs to another request, or is in use. */
    private void idempotencyKeys() {
        openApi.operations().forEach((name, operation) -> {
            if (takesIdempotencyKey(operation)) {
                String[] parts = name.split(" ");
                String path = parts[1].replaceAll("\\{\\w+}", NOBODY);
                String body = parts[0].matches("PO.*|PU.*") ? "{}" : null;
                String key = "key-" + Webhooks.unique();
                see(name + " 400", server.call(parts[0], path, body, "Idempotency-Key", "two words"));
                server.call(parts[0], path, body, "Idempotency-Key", key);
                see(name + " 422", server.call(parts[0], path + "?other=1", body, "Idempotency-Key", key));
                server.database().update("update idempotency_key set status = null, lease_until = now() + interval '1 h' "
                        + "where key = ?", key); // as while the first request is under way
                see(name + " 409", server.call(parts[0], path, body, "Idempotency-Key", key));
            }
        });
    }

    private static boolean takesIdempotencyKey(JsonNode operation) {
        return operation.path("parameters").findValuesAsText("$ref").contains("#/components/parameters/idempotencyKey");
    }

    /** Nothing makes the shared server fail without harm to its other tests, so what all routes would answer is asked for. */
    private void failures() {
        Reply away = reply(new ErrorResponses().answer(new CannotGetJdbcConnectionException("gone"), "1"));
        Reply fault = reply(new ErrorResponses().answer(new IllegalStateException("made by a test"), "2"));
        openApi.answers().stream().filter(answer -> answer.endsWith(" 503")).forEach(answer -> see(answer, away));
        openApi.answers().stream().filter(answer -> answer.endsWith(" 500")).forEach(answer -> see(answer, fault));
    }

    private static Reply reply(ApiResponse answer) {
        return new Reply(answer.status(), Map.of("Content-Type", List.of("application/json")),
                new String(Server.json(answer.body()), StandardCharsets.UTF_8));
    }

    private void see(String expected, Reply reply) {
        String operation = expected.substring(0, expected.lastIndexOf(' '));
        assertThat(operation + " " + reply.status()).as(reply.body()).isEqualTo(expected);
        assertThat(openApi.faults(operation, reply)).as(expected + " " + reply.body()).isEmpty();
        seen.add(expected);
    }

    private Reply get(String path) {
        return server.call("GET", path, null);
    }

    private Reply post(String path, Object body) {
        return server.call("POST", path, body);
    }
}
