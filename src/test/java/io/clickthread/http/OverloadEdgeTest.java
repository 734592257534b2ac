package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.RawClient;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More requests than the port can serve: who is refused, who is not, and that nothing stays held. */
@Tag("one-jdk")
class OverloadEdgeTest {

    private static final int API_WORKERS = 40;
    private static final int WAITING = 30;
    private static Server server;
    private static Admission admission;
    private static ExecutorService clients;

    @BeforeAll
    static void start() {
        server = Server.start(Map.of("clickthread.http.workers", "44", "clickthread.http.webhook-workers", "4",
                "clickthread.http.waiting", "" + WAITING, "clickthread.http.requests", "100",
                "clickthread.http.body-memory-bytes", "4000000", "clickthread.http.read-timeout", "4s",
                "clickthread.graph.response-timeout", "3s", "clickthread.http.idle-timeout", "5s"));
        admission = server.context.getBean(Admission.class);
        clients = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stop() {
        clients.shutdownNow();
        server.stop();
    }

    @AfterEach
    void nothingStaysHeld() {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(admission.requests()).as("requests").isZero();
            assertThat(admission.working()).as("workers of the API").isZero();
            assertThat(admission.waiting()).as("waiting").isZero();
            assertThat(admission.bytes()).as("bytes").isZero();
            assertThat(admission.unsent()).as("bytes of answers").isZero();
            assertThat(gauge("clickthread.http.body.arriving")).as("bodies").isZero();
        });
    }

    @Test
    void webhooksAreTakenWhileMetaHangsAndFiveHundredConversionsCome() {
        TestAccount account = TestAccount.connect(server);
        List<String> phones = Stream.generate(Webhooks::phone).limit(500).toList(); // one conversation goes in order
        account.receive(phones.stream().map(phone -> Webhooks.click(phone, "clid", TestAccount.now())).toArray());
        server.graph.next(account.datasetId + "/events", Collections.nCopies(500, Reaction.silence())
                .toArray(Reaction[]::new));
        List<CompletableFuture<Reply>> conversions = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String phone = phones.get(i);
            conversions.add(CompletableFuture.supplyAsync(() -> account.convert(phone, "Purchase", phone), clients));
        }
        await().until(() -> admission.working() == API_WORKERS && admission.waiting() == WAITING);

        for (int i = 0; i < 20; i++) {
            long before = System.nanoTime();
            assertThat(account.receive(Webhooks.click(Webhooks.phone(), "c" + i, TestAccount.now())).status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        }
        assertThat(admission.working()).as("workers that wait for Meta").isEqualTo(API_WORKERS);

        List<Reply> replies = conversions.stream().map(CompletableFuture::join).toList();
        assertThat(replies).filteredOn(reply -> reply.status() == 202).hasSizeGreaterThanOrEqualTo(API_WORKERS + WAITING);
        assertThat(replies).filteredOn(reply -> reply.status() != 202).isNotEmpty()
                .allSatisfy(OverloadEdgeTest::isRefusedForNow);
        assertThat(gauge("clickthread.http.refused", "reason", "workers")).isPositive();
    }

    @Test
    void aBodyThatFindsNoRoomIsRefusedAndItsConnectionGoesOn() throws IOException {
        try (RawClient holder = new RawClient(server.port); RawClient refused = new RawClient(server.port)) {
            holder.head("POST /webhooks/meta", 3_000_000).send(new byte[2_900_000]);
            await().until(() -> admission.bytes() >= 2_900_000);

            refused.head("POST /webhooks/meta", 1_500_000).send(new byte[1_500_000]);

            isRefusedForNow(refused.reply());
            refused.head("POST /webhooks/meta", 2).send("{}".getBytes());
            assertThat(refused.reply().status()).isEqualTo(401);
        }
    }

    @Test
    void aBodyThatFindsNoRoomOnTheWayIsRefusedAsWell() throws IOException {
        try (RawClient holder = new RawClient(server.port); RawClient refused = new RawClient(server.port)) {
            refused.head("POST /webhooks/meta", 2_000_000).send(new byte[500_000]);
            await().until(() -> admission.bytes() == 500_000);
            holder.head("POST /webhooks/meta", 3_000_000).send(new byte[2_900_000]);
            await().until(() -> admission.bytes() == 3_400_000);

            refused.send(new byte[1_500_000]);

            isRefusedForNow(refused.reply());
            await().until(() -> admission.bytes() == 2_900_000);
        }
    }

    @Test
    void aDownloadWhoseClientGoesGivesItsWorkerBack() throws IOException {
        TestAccount account = TestAccount.connect(server);
        String rows = "Purchase,nobody," + "x".repeat(200) + "\n";
        Reply imported = server.send("POST", "/api/v1/whatsapp/conversions/import?accountId=" + account.id,
                ("eventName,phone,eventId\n" + rows.repeat(20_000)).getBytes(), "Authorization", "Bearer " + Server.KEY,
                "Content-Type", "text/csv");
        String address = "/api/v1/whatsapp/conversions/imports/" + imported.json().at("/import/_id").asText();
        await().atMost(Duration.ofSeconds(30)).until(() -> server.call("GET", address, null).json().at("/import/state").asText()
                .equals("done"));

        for (int i = 0; i < API_WORKERS + 5; i++) {
            try (RawClient client = new RawClient(server.port, 4096)) {
                client.key().head("GET " + address + "/result", 0);
                await().until(() -> admission.working() > 0);
                client.reset();
            }
        }

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(admission.working()).isZero();
            assertThat(server.context.getBean(org.apache.camel.CamelContext.class).getInflightRepository().size()).isZero();
        });
    }

    @Test
    void aBodyThatIsNeverFinishedGivesWayToOthers() throws Exception {
        try (RawClient holder = new RawClient(server.port)) {
            holder.head("POST /webhooks/meta", 3_000_000).send(new byte[2_900_000]);
            await().until(() -> admission.bytes() >= 2_900_000);
            byte[] large = Arrays.copyOf(Server.json(Map.of()), 1_500_000);
            Arrays.fill(large, 2, large.length, (byte) ' ');

            await().atMost(Duration.ofMillis(3_500)).pollInterval(Duration.ofMillis(100)) // before it would be late
                    .until(() -> server.webhook(large).status() == 200);

            isRefusedForNow(holder.reply());
            assertThat(holder.isClosed()).as("once it is late").isTrue();
        }
    }

    @Test
    void bodiesThatAreNeverFinishedGiveWayOneAfterTheOtherAndNobodyWaitsForRoomThatIsNotThere() throws Exception {
        List<RawClient> holders = new ArrayList<>();
        for (int i = 0; i < 40; i++) { // small ones, and one that is still sending: too little room for the next
            holders.add(new RawClient(server.port).head("POST /webhooks/meta", 3_000_000).send(new byte[20_000]));
        }
        try (RawClient sending = new RawClient(server.port); RawClient refused = new RawClient(server.port)) {
            await().until(() -> admission.bytes() == 800_000);
            sending.head("POST /webhooks/meta", 3_000_000).send(new byte[2_000_000]);
            await().until(() -> admission.bytes() == 2_800_000);
            await().pollDelay(Duration.ofMillis(2_100)).until(() -> true); // the first stand still by now
            sending.send(new byte[700_000]);
            await().until(() -> admission.bytes() == 3_500_000);

            refused.head("POST /webhooks/meta", 1_500_000).send(new byte[1_500_000]);

            isRefusedForNow(refused.reply());
            assertThat(server.webhook(Map.of()).status()).isEqualTo(200);
        }
        for (RawClient holder : holders) {
            isRefusedForNow(holder.reply());
            holder.close();
        }
    }

    @Test
    void whoStandsStillAndSendsOneMorePieceDoesNotEndTheOthers() throws Exception {
        try (RawClient large = new RawClient(server.port); RawClient small = new RawClient(server.port);
                RawClient sending = new RawClient(server.port)) {
            large.head("POST /webhooks/meta", 3_000_000).send(new byte[2_000_000]);
            small.head("POST /webhooks/meta", 60_000).send(new byte[50_000]);
            await().until(() -> admission.bytes() == 2_050_000);
            await().pollDelay(Duration.ofMillis(2_100)).until(() -> true);
            sending.head("POST /webhooks/meta", 1_945_000).send(new byte[1_940_000]); // has room, as announced
            await().until(() -> admission.bytes() == 3_990_000);

            large.send(new byte[30_000]); // 20,000 too many: the small one gives way, once, and this one goes on
            isRefusedForNow(small.reply());
            await().untilAsserted(() -> assertThat(admission.bytes()).isEqualTo(3_970_000));
        }
    }

    @Test
    void aBodyThatTricklesInHoldsNothingButItsBytesAndIsEnded() throws IOException {
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 150; i++) { // more than the requests that may be under way
            RawClient client = new RawClient(server.port);
            slow.add(client.head("POST /webhooks/meta", 3_000_000).send(new byte[10]));
        }
        await().until(() -> gauge("clickthread.http.body.arriving") == 150 && admission.bytes() == 1500);

        assertThat(server.webhook(Map.of()).status()).isEqualTo(200);
        for (RawClient client : slow) {
            assertThat(client.reply().status()).isEqualTo(408);
            assertThat(client.isClosed()).isTrue();
            client.close();
        }
    }

    @Test
    void aConnectionThatBringsNoWholeRequestIsClosedEvenIfItTrickles() throws IOException {
        try (RawClient client = new RawClient(server.port)) {
            client.send("GET /webhooks/meta HTTP/1.1\r\n".getBytes());
            await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(300))
                    .until(() -> client.isGoneWhenSent("X-A: b\r\n"));
        }
    }

    @Test
    void chaosLeavesNothingHeld() throws IOException {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("clid");
        server.graph.next(account.datasetId + "/events", Collections.nCopies(30, Reaction.silence()).toArray(Reaction[]::new));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        List<RawClient> open = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            RawClient client = new RawClient(server.port);
            byte[] body = Server.json(Map.of("accountId", account.id, "phoneE164", phone,
                    "eventName", "Purchase", "value", 1, "currency", "USD",
                    "eventId", "chaos" + i));
            switch (i % 10) {
                case 0 -> client.head("POST /webhooks/meta", 50_000).send(new byte[random.nextInt(50_000)]);
                case 1 -> client.head("POST /webhooks/meta", 4_000_000).send(new byte[1000]);
                case 2 -> client.head("POST /api/v1/whatsapp/conversions", body.length).send(body);
                case 3 -> client.key().head("POST /api/v1/whatsapp/conversions", body.length).send(body);
                case 4 -> client.key("wrong" + i).head("POST /api/v1/whatsapp/conversions", body.length).send(body);
                case 5 -> client.key().head("GET /api/v1/accounts", 0);
                case 6 -> client.chunkedHead("POST /webhooks/meta").send("5\r\n{\"a\":\r\nnonsense\r\n".getBytes());
                case 7 -> client.head("DELETE /webhooks/meta", 7).send(new byte[3]);
                case 8 -> client.key().head("GET /v1/accounts?limit=%", 0).send("GET".getBytes());
                default -> client.chunkedHead("POST /webhooks/meta").send("10\r\n0123456789012345\r\n".getBytes());
            }
            if (random.nextBoolean()) {
                client.reset();
            } else {
                open.add(client);
            }
        }
        await().ignoreExceptions() // a kept connection may be closed for its idleness in the moment in which it is used
                .untilAsserted(() -> assertThat(server.webhook(Map.of()).status()).isIn(200, 503));
        for (RawClient client : open) {
            client.close();
        }
    }

    private static void isRefusedForNow(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
        assertThat(reply.json().path("code").asText()).isEqualTo("overloaded");
    }

    private static double gauge(String name, String... tags) {
        return server.context.getBean(io.micrometer.core.instrument.MeterRegistry.class).get(name).tags(tags).meter()
                .measure().iterator().next().getValue();
    }
}
