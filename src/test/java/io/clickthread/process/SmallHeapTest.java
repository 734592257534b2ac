package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.local.DemoAccount;
import io.clickthread.support.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** Clients that send what they can, against a heap of 256 MB. */
class SmallHeapTest {

    private static final Path FOLDER = Path.of("target/small-heap-test");
    private static final int CLIENTS = 80;
    private static final int BYTES = 1_600_000;
    private static final Duration WATCHED = Duration.ofSeconds(15);

    private final ExecutorService senders = Executors.newFixedThreadPool(CLIENTS);
    private final List<RawClient> clients = new ArrayList<>();
    private ServerProcess server;
    private Duration slowest = Duration.ZERO;

    @BeforeEach
    void begin() throws IOException {
        ServerProcess.stopDatabase(FOLDER);
        FileSystemUtils.deleteRecursively(FOLDER);
        server = ServerProcess.startLocal(FOLDER, 256, "--clickthread.http.idle-timeout=10s");
    }

    @AfterEach
    void end() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        senders.shutdownNow();
        if (server != null) {
            server.kill();
        }
        ServerProcess.stopDatabase(FOLDER);
    }

    @Test
    void aPipelineThatIsNeverReadTakesNoMemoryAndIsClosed() throws Exception {
        double before = server.heapAfterCollection();
        byte[] pipeline = Stream.generate(() -> "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n").limit(BYTES / 36)
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append).toString()
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < CLIENTS; i++) {
            RawClient client = new RawClient(server.port(), 4096);
            clients.add(client);
            senders.execute(() -> client.isGoneWhenSent(pipeline));
        }

        double mostConnections = 0;
        double mostUnsent = 0;
        for (long end = System.nanoTime() + WATCHED.toNanos(); System.nanoTime() < end;) {
            look();
            mostConnections = Math.max(mostConnections, server.metric("clickthread_http_connections"));
            mostUnsent = Math.max(mostUnsent, server.metric("clickthread_http_unsent_bytes"));
        }

        assertThat(slowest).as("the slowest answer of liveness").isLessThan(Duration.ofSeconds(1));
        assertThat(mostConnections).isEqualTo(CLIENTS);
        assertThat(mostUnsent).as("one answer of each at most").isBetween(1.0, CLIENTS * 400.0);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> server.metric("clickthread_http_connections") == 0);
        assertThat(server.heapAfterCollection()).as("heap that is left in use").isLessThan(before + 10_000_000);
        assertThat(server.metric("clickthread_http_unsent_bytes")).isZero();
        assertThat(server.output()).doesNotContain("OutOfMemoryError").doesNotContain("ERROR");
    }

    @Test
    void sixtyWebhooksOfNothingButBracketsAreQuarantinedOrRefused() throws Exception {
        double before = server.heapAfterCollection();
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] body = ("[" + List.of("{},", "[],", "{\"\":0},").get(i % 3).repeat(300_000) + i + "]")
                    .getBytes(StandardCharsets.US_ASCII);
            answers.add(senders.submit(() -> server.webhook(body).statusCode()));
        }
        while (!answers.stream().allMatch(Future::isDone)) {
            look();
        }

        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(200, 503);
        }
        assertThat(answers).anySatisfy(answer -> assertThat(answer.get()).isEqualTo(200));
        assertThat(slowest).as("the slowest answer of liveness").isLessThan(Duration.ofSeconds(1));
        assertThat(server.heapAfterCollection()).as("heap that is left in use").isLessThan(before + 10_000_000);
        assertThat(server.metric("clickthread_http_body_bytes")).isZero();
        assertThat(server.output()).doesNotContain("OutOfMemoryError").doesNotContain("ERROR");
    }

    /** Ten at once, each of 2 MB: what is made of them takes many times their length. */
    @Test
    void webhooksOfTwelveThousandClicksAreStoredOrRefused() throws Exception {
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            StringBuilder messages = new StringBuilder();
            for (int message = 0; message < 12_000; message++) {
                messages.append(message == 0 ? "" : ",").append(String.format("{\"from\":\"1555%d%06d\",\"id\":\"wamid.%d.%d\","
                        + "\"timestamp\":\"1795835194\",\"type\":\"text\",\"text\":{\"body\":\"x\"},\"referral\":{\"ctwa_clid\":\"c%d.%d\","
                        + "\"source_id\":\"1\",\"source_type\":\"ad\"}}", i, message, i, message, i, message));
            }
            byte[] body = ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\",\"value\":{"
                    + "\"metadata\":{\"phone_number_id\":\"" + DemoAccount.PHONE_NUMBER_ID + "\"},\"messages\":[" + messages + "]}}]}]}")
                    .getBytes(StandardCharsets.US_ASCII);
            answers.add(senders.submit(() -> server.webhook(body).statusCode()));
        }
        while (!answers.stream().allMatch(Future::isDone)) {
            look();
        }

        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(200, 503);
        }
        assertThat(answers).anySatisfy(answer -> assertThat(answer.get()).isEqualTo(200));
        assertThat(slowest).as("the slowest answer of liveness").isLessThan(Duration.ofSeconds(1));
        assertThat(server.output()).doesNotContain("OutOfMemoryError").doesNotContain("ERROR");
    }

    private void look() throws IOException, InterruptedException {
        Duration taken = server.livenessTook();
        slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
    }
}
