package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * Ten times what a server can serve, with a heap of 300 MB. It has few workers and a Meta that takes its time, so that its
 * limit lies in its settings and not in the machine that runs the test.
 */
class OverloadTest {

    private static final Path FOLDER = Path.of("target/overload-test");
    private static final String PHONE_NUMBER_ID = "106540352242922";
    private static final int REQUESTS = 64;
    private static final long HEAP = ServerProcess.HEAP_MB * 1024L * 1024;
    private static final String METRIC = "clickthread_http_";

    private MetaStandIn meta;
    private ServerProcess server;
    private Crowd crowd;
    private Crowd afterwards;
    private String accountId;
    private double mostHeap;
    private double mostBytes;
    private double mostRequests;

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        ServerProcess.stopDatabase(FOLDER);
        FileSystemUtils.deleteRecursively(FOLDER);
        meta = new MetaStandIn(400);
        server = ServerProcess.startLocal(FOLDER, "--clickthread.graph.url=" + meta.url(), "--clickthread.http.workers=16",
                "--clickthread.http.webhook-workers=8", "--clickthread.http.waiting=16",
                "--clickthread.http.requests=" + REQUESTS);
        accountId = Server.JSON.readTree(server.post("/api/v1/connect/whatsapp/credentials", Map.of("accessToken",
                "EAAload", "wabaId", "102290129340398", "phoneNumberId", PHONE_NUMBER_ID, "metaCapiDatasetId", "77003"))
                .body()).at("/account/accountId").asText();
        // Many, because conversions of one conversation go one after the other.
        List<String> phones = Stream.generate(Webhooks::phone).limit(500).toList();
        server.webhook(Webhooks.of(PHONE_NUMBER_ID, phones.stream()
                .map(phone -> Webhooks.click(phone, "clid", TestAccount.now())).toList()));
        crowd = new Crowd(server.port(), accountId, PHONE_NUMBER_ID, phones);
        afterwards = new Crowd(server.port(), accountId, PHONE_NUMBER_ID, phones);
    }

    @AfterEach
    void end() throws IOException {
        server.kill();
        ServerProcess.stopDatabase(FOLDER);
        meta.stop();
    }

    @Test
    void tenTimesTheLoadIsRefusedPolitelyInBoundedMemoryAndIsOverWithinTenSeconds() throws Exception {
        crowd.send(16, 1e6, Duration.ofSeconds(3)); // warm-up
        int before = crowd.total();
        crowd.send(16, 1e6, Duration.ofSeconds(4));
        double served = (crowd.total() - before) / 4.0;
        assertThat(crowd.answers).as("without overload").containsOnlyKeys(200);

        before = crowd.total();
        CompletableFuture<Void> watch = CompletableFuture.runAsync(this::watch);
        crowd.send(400, 10 * served, Duration.ofSeconds(10));
        double offered = (crowd.total() - before) / 10.0;
        crowd.largeOnes(1);
        crowd.send(60, 1e6, Duration.ofSeconds(5)); // nothing but large ones
        crowd.largeOnes(50);
        long over = System.nanoTime();
        watch.get();

        System.out.printf("%.0f/s served, %.0f/s offered, answers %s, heap up to %.0f MB, process %d MB, bodies %.1f MB,"
                + " %.0f requests%n", served, offered, crowd.answers, mostHeap / 1e6, server.mostMemoryMb(), mostBytes / 1e6,
                mostRequests);
        // Ten times is sent where there is CPU for it; the clients share it with the server and whatever else runs.
        assertThat(offered).isGreaterThan(2 * served);
        assertThat(crowd.answers).allSatisfy((status, count) -> assertThat(status).isIn(200, 202, 503));
        assertThat(crowd.rude).hasValue(0);
        assertThat(mostRequests).isBetween(1.0, (double) REQUESTS);
        assertThat(mostBytes).isBetween(1.0, HEAP / 16.0);
        assertThat(mostHeap).isLessThan(HEAP);
        assertThat(server.mostMemoryMb()).as("heap and all else").isLessThan(ServerProcess.HEAP_MB + 400);

        crowd.send(12, served / 2, Duration.ofSeconds(5)); // normal load goes on
        assertThat(Duration.ofNanos(System.nanoTime() - over)).isLessThan(Duration.ofSeconds(10));
        afterwards.send(12, served / 2, Duration.ofSeconds(4));
        assertThat(afterwards.lastBad).as("refused or slow: " + afterwards.answers).hasValue(0);
        everythingAcknowledgedIsThere();
        assertThat(server.metric(METRIC + "requests")).isZero();
        assertThat(server.metric(METRIC + "body_bytes")).isZero();
        assertThat(server.output()).doesNotContain("OutOfMemoryError").doesNotContain("ERROR");
    }

    private void watch() {
        try {
            for (long end = System.nanoTime() + 14_500_000_000L; System.nanoTime() < end;) {
                mostHeap = Math.max(mostHeap, server.metric("jvm_memory_used_bytes{area=\"heap\""));
                mostBytes = Math.max(mostBytes, server.metric(METRIC + "body_bytes"));
                mostRequests = Math.max(mostRequests, server.metric(METRIC + "requests"));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void everythingAcknowledgedIsThere() throws IOException, InterruptedException {
        Set<String> conversions = new HashSet<>();
        all("/api/v1/whatsapp/conversions?view=full&limit=200&accountId=" + accountId, "events",
                row -> conversions.add(row.path("eventId").asText()));
        assertThat(conversions).containsAll(crowd.conversions);
        Set<String> clicks = new HashSet<>();
        all("/api/v1/inbox/conversations?limit=100&accountId=" + accountId, "data",
                row -> clicks.add(row.at("/metadata/ctwa_clid").asText()));
        assertThat(clicks).containsAll(crowd.clicks.stream().map(phone -> "clid-" + phone).toList());
        assertThat(crowd.clicks).isNotEmpty();
    }

    private void all(String path, String list, java.util.function.Consumer<JsonNode> each)
            throws IOException, InterruptedException {
        String cursor = "";
        while (cursor != null) {
            JsonNode page = Server.JSON.readTree(server.get(path + cursor).body());
            page.path(list).forEach(each);
            String next = page.at("/pagination/nextCursor").textValue();
            cursor = next == null ? null : "&cursor=" + next;
        }
    }
}
