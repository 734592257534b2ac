package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A request with an Idempotency-Key is done once and its repetitions get its answer. */
class IdempotencyTest {

    private static final String CONNECT = "/api/v1/connect/whatsapp/credentials";
    private static final String CONVERT = "/api/v1/whatsapp/conversions";

    private final Server server = Server.shared();
    private final String key = UUID.randomUUID().toString();
    private final String number = "20" + Webhooks.unique();
    private final Map<String, Object> connect =
            Map.of("accessToken", "EAAtest", "wabaId", "10" + number, "phoneNumberId", number);

    @Test
    void aRepetitionGetsTheStoredAnswerAndDoesNothing() {
        Reply first = post(CONNECT, connect);
        Reply second = post(CONNECT, connect);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.header("Idempotent-Replayed")).isNull();
        assertReplayed(second, first);
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void theStoredAnswerComesWithItsHeadersAndARequestIdOfItsOwn() {
        TestAccount account = TestAccount.connect(server);
        Map<String, Object> body = Map.of("accountId", account.id, "phoneE164", account.clicked("clid"), "eventName",
                "Purchase", "value", 1, "currency", "USD", "eventId", "1");
        Reply first = post(CONVERT, body);
        Reply second = post(CONVERT, body);

        assertReplayed(second, first);
        assertThat(second.header("Location")).isNotNull().isEqualTo(first.header("Location"));
        assertThat(second.header("Cache-Control")).isEqualTo("no-store");
        assertThat(second.header("X-Request-Id")).isNotEmpty().isNotEqualTo(first.header("X-Request-Id"));
    }

    @Test
    void theAnswerIsTheOneThatWasGivenWhateverHappenedSince() {
        TestAccount account = TestAccount.connect(server);
        Map<String, Object> body = Map.of("accountId", account.id, "phoneE164", account.clicked("clid"), "eventName",
                "Purchase", "value", 1, "currency", "USD", "eventId", "1");
        server.graph.next(account.datasetId + "/events", Reaction.of(503, ""));
        Reply first = post(CONVERT, body);
        assertThat(first.status()).as(first.body()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(server.call("POST", CONVERT, body).status()).isEqualTo(200));

        assertReplayed(post(CONVERT, body), first);
    }

    @Test
    void aRefusalIsRepeatedAsItWas() {
        TestAccount account = TestAccount.connect(server);
        String phone = Webhooks.phone();
        Map<String, Object> body = Map.of("accountId", account.id, "phoneE164", phone,
                "eventName", "Purchase", "value", 1, "currency", "USD",
                "eventId", "1");
        Reply first = post(CONVERT, body);
        assertThat(first.status()).as(first.body()).isEqualTo(404);
        account.receive(Webhooks.click(phone, "clid", TestAccount.now()));

        assertReplayed(post(CONVERT, body), first);
    }

    @Test
    void theSameKeyWithAnotherRequestIsRefusedAndKeepsItsAnswer() {
        Reply first = post(CONNECT, connect);
        Map<String, Object> other = Map.of("accessToken", "EAAother", "wabaId", "10" + number, "phoneNumberId", number);
        for (Reply reply : List.of(post(CONNECT, other), post(CONNECT + "?a=b", connect), post(CONVERT, connect),
                server.call("DELETE", "/api/v1/accounts/none", null, "Idempotency-Key", key))) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(422);
            assertThat(reply.json().path("code").asText()).isEqualTo("idempotency_key_reused");
            assertThat(reply.header("Idempotent-Replayed")).isNull();
        }

        assertReplayed(post(CONNECT, connect), first);
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void theShortAddressAndTheQuotedKeyAreTheSameRequest() {
        Reply first = post(CONNECT, connect);

        assertReplayed(server.call("POST", "/v1/connect/whatsapp/credentials", connect, "Idempotency-Key",
                '"' + key + '"'), first);
    }

    @Test
    void everyMethodThatChangesSomethingTakesAKey() {
        TestAccount account = TestAccount.connect(server);
        String path = "/api/v1/accounts/" + account.id;
        String put = UUID.randomUUID().toString();
        Map<String, String> change = Map.of("displayName", "Shop");
        Reply changed = server.call("PUT", path, change, "Idempotency-Key", put);
        assertReplayed(server.call("PUT", path, change, "Idempotency-Key", put), changed);

        Reply gone = server.call("DELETE", path, null, "Idempotency-Key", key);
        assertThat(gone.status()).isEqualTo(200);
        assertReplayed(server.call("DELETE", path, null, "Idempotency-Key", key), gone);
        assertThat(server.call("DELETE", path, null).status()).as("without a key").isEqualTo(404);
    }

    @Test
    void aFailureFreesTheKeySoThatARepetitionRunsAnew() {
        server.graph.next("/" + number, Reaction.of(500, "{}"));
        assertThat(post(CONNECT, connect).status()).isEqualTo(502);
        Reply second = post(CONNECT, connect);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Idempotent-Replayed")).isNull();
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void aHeaderThatIsNoKeyIsRefusedAndNothingIsDone() {
        Reply reply = server.call("POST", CONNECT, connect, "Idempotency-Key", "two words");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("invalid_idempotency_key");
        assertThat(reply.json().path("param").asText()).isEqualTo("Idempotency-Key");
        assertThat(runs()).isZero();
        assertThat(server.call("POST", CONNECT, connect, "Idempotency-Key", key, "Idempotency-Key", key).status())
                .isEqualTo(400);
    }

    @Test
    void requestsThatReadAndWebhooksHaveNoUseForAKey() {
        TestAccount account = TestAccount.connect(server);
        byte[] body = Server.json(Webhooks.of(account.phoneNumberId, Webhooks.text(Webhooks.phone(), TestAccount.now())));
        assertThat(server.call("GET", "/api/v1/accounts", null, "Idempotency-Key", "not a key").status()).isEqualTo(200);
        assertThat(server.send("POST", "/webhooks/meta", body, "Content-Type", "application/json", "Idempotency-Key", key,
                "X-Hub-Signature-256", Webhooks.signature(body, Server.APP_SECRET)).status()).isEqualTo(200);
        assertThat(rows()).isZero();
    }

    @Test
    void callersWithOtherApiKeysHaveKeysOfTheirOwn() throws NoSuchAlgorithmException {
        String other = "other-api-key-" + UUID.randomUUID();
        server.database().update("insert into api_key (hash, label) values (?, ?)", MessageDigest.getInstance("SHA-256")
                .digest(other.getBytes(StandardCharsets.UTF_8)), other);
        post(CONNECT, connect);
        Reply reply = server.send("POST", CONNECT, Server.json(connect), "Authorization", "Bearer " + other,
                "Content-Type", "application/json", "Idempotency-Key", key);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Idempotent-Replayed")).isNull();
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void ofTwentySameRequestsAtOnceOneRuns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<Reply>> requests = Collections.nCopies(20, () -> post(CONNECT, connect));
            int originals = 0;
            for (Future<Reply> request : threads.invokeAll(requests)) {
                Reply reply = request.get();
                assertThat(reply.status()).as(reply.body()).isIn(200, 409);
                originals += reply.status() == 200 && reply.header("Idempotent-Replayed") == null ? 1 : 0;
            }
            assertThat(originals).isEqualTo(1);
            assertThat(runs()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aRepetitionOfARequestUnderWayIsToldToComeAgain() {
        TestAccount account = TestAccount.connect(server);
        Map<String, Object> body = Map.of("accountId", account.id, "phoneE164", account.clicked("clid"), "eventName",
                "Purchase", "value", 1, "currency", "USD", "eventId", "1");
        server.graph.next(account.datasetId + "/events", Reaction.silence());
        CompletableFuture<Reply> first = CompletableFuture.supplyAsync(() -> post(CONVERT, body));
        await().until(() -> !server.graph.calls(account.datasetId + "/events").isEmpty());
        Reply second = post(CONVERT, body);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().path("code").asText()).isEqualTo("idempotency_in_flight");
        assertThat(second.header("Retry-After")).isEqualTo("1");
        assertThat(first.join().status()).isEqualTo(202);
        assertReplayed(post(CONVERT, body), first.join());
    }

    @Test
    void theAnswerIsKeptThoughTheClientWentAway() throws IOException {
        TestAccount account = TestAccount.connect(server);
        Map<String, Object> body = Map.of("accountId", account.id, "phoneE164", account.clicked("clid"), "eventName",
                "Purchase", "value", 1, "currency", "USD", "eventId", "1");
        server.graph.next(account.datasetId + "/events", Reaction.silence());
        byte[] bytes = Server.json(body);
        try (Socket socket = new Socket("localhost", server.port)) {
            socket.getOutputStream().write(("POST " + CONVERT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + Server.KEY + "\r\nContent-Type: application/json\r\nIdempotency-Key: " + key + "\r\nContent-Length: "
                    + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            await().until(() -> !server.graph.calls(account.datasetId + "/events").isEmpty());
        }
        await().untilAsserted(() -> assertThat(server.database().queryForObject(
                "select status from idempotency_key where key = ?", Integer.class, key)).isEqualTo(202));

        Reply reply = server.send("POST", CONVERT, bytes, "Authorization", "Bearer " + Server.KEY, "Content-Type",
                "application/json", "Idempotency-Key", key);
        assertThat(reply.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(reply.json().path("status").asText()).isEqualTo("unknown");
    }

    @Test
    void aRequestWithoutAKeyLeavesNoRow() {
        server.call("POST", CONNECT, connect);
        server.call("POST", CONNECT, connect);

        assertThat(runs()).isEqualTo(2);
        assertThat(rows()).isZero();
    }

    private Reply post(String path, Object body) {
        return server.call("POST", path, body, "Idempotency-Key", key);
    }

    private int runs() {
        return server.graph.calls("/" + number).size();
    }

    private int rows() {
        return server.database().queryForObject("select count(*) from idempotency_key where key = ?", Integer.class, key);
    }

    private static void assertReplayed(Reply reply, Reply first) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(first.status());
        assertThat(reply.body()).isEqualTo(first.body());
        assertThat(reply.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(reply.header("Idempotent-Replayed")).isEqualTo("true");
    }
}
