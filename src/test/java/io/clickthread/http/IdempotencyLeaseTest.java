package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Idempotency-Keys of two instances on one database, of processes that died, and of long ago. */
@Tag("one-jdk")
class IdempotencyLeaseTest {

    private static final String CONNECT = "/api/v1/connect/whatsapp/credentials";
    private static final String URL = Server.newDatabase();
    private static Server one;
    private static Server two;

    private final String key = UUID.randomUUID().toString();
    private final String number = "20" + Webhooks.unique();
    private final Map<String, Object> connect =
            Map.of("accessToken", "EAAtest", "wabaId", "10" + number, "phoneNumberId", number);

    @BeforeAll
    static void startTwoOnOneDatabase() {
        one = start("1h");
        two = start("1h");
    }

    @AfterAll
    static void stop() {
        one.stop();
        two.stop();
    }

    @Test
    void anotherInstanceHasTheAnswer() {
        Reply first = post(one, connect);
        Reply second = post(two, connect);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void theAnswerSurvivesARestart() {
        Server before = start("1h");
        Reply first = post(before, connect);
        before.stop();
        Server after = start("1h");
        try {
            assertThat(post(after, connect).body()).isEqualTo(first.body());
            assertThat(after.graph.calls("/" + number)).isEmpty();
        } finally {
            after.stop();
        }
    }

    @Test
    void ofTheSameRequestsAtOnceOnTwoInstancesOneRuns() {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<CompletableFuture<Reply>> replies = IntStream.range(0, 20).mapToObj(i ->
                    CompletableFuture.supplyAsync(() -> post(i % 2 == 0 ? one : two, connect), threads)).toList();
            assertThat(replies).allSatisfy(reply -> assertThat(reply.join().status()).isIn(200, 409));
            assertThat(runs()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aRequestThatTakesLongerThanItsLeaseKeepsItsKey() {
        TestAccount account = TestAccount.connect(one);
        String events = account.datasetId + "/events";
        Map<String, Object> body = new LinkedHashMap<>(Map.of("accountId", account.id, "phoneE164",
                account.clicked("clid"), "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "1"));
        one.graph.next(events, Reaction.silence());
        String path = "/api/v1/whatsapp/conversions";
        CompletableFuture<Reply> first = CompletableFuture.supplyAsync(() -> post(one, path, body));
        await().until(() -> one.graph.calls(events).size() == 1);
        String claimed = "select created_at + interval '1.5 s' < now() from idempotency_key where key = ?";
        await().until(() -> one.database().queryForObject(claimed, Boolean.class, key));

        assertThat(post(two, path, body).status()).as("after three leases").isEqualTo(409);
        assertThat(first.join().status()).isEqualTo(202);
        assertThat(post(two, path, body).body()).isEqualTo(first.join().body());
    }

    @Test
    void theKeyOfAProcessThatDiedIsFreeOnceItsLeaseRanOut() {
        post(one, connect);
        unanswered("now() + interval '1 minute'");
        assertThat(post(two, connect).status()).as("within the lease").isEqualTo(409);

        unanswered("now() - interval '1 second'");
        assertThat(post(two, Map.of("accessToken", "EAAother")).status()).as("another request").isEqualTo(422);
        Reply again = post(two, connect);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotent-Replayed")).isNull();
        assertThat(runs()).isEqualTo(2);
        assertThat(post(one, connect).header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void aLateAnswerDoesNotReplaceThatOfTheRequestThatTookOver() {
        IdempotencyKeys keys = one.context.getBean(IdempotencyKeys.class);
        IdempotencyKey late = IdempotencyKey.of(List.of(key), new byte[] {1}, "POST /", new byte[0]);
        IdempotencyKey next = IdempotencyKey.of(List.of(key), new byte[] {1}, "POST /", new byte[0]);
        assertThat(keys.claim(late)).isNull();
        keys.end(late);
        unanswered("now() - interval '1 second'");
        assertThat(keys.claim(next)).isNull();

        keys.settle(late, answer(500));
        keys.settle(next, answer(202));
        keys.end(next);
        keys.settle(late, answer(201));
        keys.settle(late, answer(500));

        assertThat(keys.claim(late).status()).isEqualTo(202);
    }

    @Test
    void aRefusalForLackOfTimeIsNotKept() {
        IdempotencyKeys keys = one.context.getBean(IdempotencyKeys.class);
        IdempotencyKey request = IdempotencyKey.of(List.of(key), new byte[] {2}, "POST /", new byte[0]);
        keys.claim(request);
        keys.settle(request, answer(429));

        assertThat(keys.claim(request)).as("what stands in the way").isNull();
        keys.end(request);
    }

    @Test
    void anAnswerOfMoreThanAMegabyteIsNotKeptAndItsRequestRunsAnew() throws Exception {
        one.context.getBean(CamelContext.class).addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/api/v1/large?httpMethodRestrict=POST").process("readRequest")
                        .setBody(exchange -> ApiResponse.ok("x".repeat(Integer.parseInt(exchange.getMessage()
                                .getBody(Request.class).query("bytes"))))).process("writeResponse");
            }
        });
        post(one, "/api/v1/large?bytes=1048577", null);
        assertThat(post(one, "/api/v1/large?bytes=1048577", null).header("Idempotent-Replayed")).isNull();

        Reply first = post(one, "/api/v1/large?bytes=1048576", null);
        Reply second = post(one, "/api/v1/large?bytes=1048576", null);
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void anOldKeyIsUnknownEvenBeforeItIsRemoved() {
        post(one, connect);
        age("6 days 23 hours");
        assertThat(post(two, connect).header("Idempotent-Replayed")).as("within its life").isEqualTo("true");
        age("7 days");
        Reply other = post(two, Map.of("accessToken", "EAAother"));
        assertThat(other.json().path("code").asText()).isEqualTo("invalid_field_value");
    }

    /** The statement saw the old answer, waited for the other request's commit, and must not take the one for the other. */
    @Test
    void anOldAnswerIsNotGivenWhileAnotherRequestTakesTheKey() throws Exception {
        post(one, connect);
        age("8 days");
        CompletableFuture<Reply> reply;
        try (Connection other = one.context.getBean(DataSource.class).getConnection(); var take = other.createStatement()) {
            other.setAutoCommit(false);
            take.executeUpdate("update idempotency_key set status = null, claim = 'other', created_at = now(), "
                    + "lease_until = now() + interval '1 minute' where key = '" + key + "'");
            reply = CompletableFuture.supplyAsync(() -> post(two, connect));
            await().until(() -> one.database().queryForObject("select count(*) from pg_stat_activity where "
                    + "datname = current_database() and wait_event_type = 'Lock'", Integer.class) == 1);
            other.commit();
            other.setAutoCommit(true);
        }
        assertThat(reply.join().status()).as(reply.join().body()).isEqualTo(409);
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void oldKeysAreRemovedHoweverManyThereAreAndYoungOnesStay() {
        Reply first = post(one, connect);
        one.database().update("insert into idempotency_key (api_key, key, fingerprint, claim, created_at) "
                + "select ''::bytea, 'old-' || n, ''::bytea, 'c', now() - interval '8 days' from generate_series(1, 2000) n");
        Server removing = start("200ms");
        try {
            await().until(() -> one.database().queryForObject(
                    "select count(*) from idempotency_key where key like 'old-%'", Integer.class) == 0);
        } finally {
            removing.stop();
        }
        assertThat(post(one, connect).body()).isEqualTo(first.body());
        assertThat(runs()).isEqualTo(1);
    }

    private static Server start(String cleanup) {
        return Server.start(Map.of("clickthread.database.url", URL, "clickthread.database.username", "postgres",
                "clickthread.idempotency.lease", "500ms", "clickthread.idempotency.renewal", "100ms",
                "clickthread.idempotency.cleanup", cleanup, "clickthread.graph.response-timeout", "3s"));
    }

    /** As the process of the request leaves it that dies before the answer is kept. */
    private void unanswered(String leaseUntil) {
        assertThat(one.database().update("update idempotency_key set status = null, lease_until = " + leaseUntil
                + " where key = ?", key)).isEqualTo(1);
    }

    private void age(String interval) {
        one.database().update("update idempotency_key set created_at = now() - interval '" + interval + "' where key = ?",
                key);
    }

    private Reply post(Server server, Object body) {
        return post(server, CONNECT, body);
    }

    private Reply post(Server server, String path, Object body) {
        return server.call("POST", path, body, "Idempotency-Key", key);
    }

    private int runs() {
        return one.graph.calls("/" + number).size() + two.graph.calls("/" + number).size();
    }

    private static WrittenResponse answer(int status) {
        return new WrittenResponse(status, "application/json", Map.of(), new byte[] {'1'});
    }
}
