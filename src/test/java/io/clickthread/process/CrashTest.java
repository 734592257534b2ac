package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * {@code kill -9} during a stream of webhooks and conversions, several times ({@code -Dcrash.cycles}), each time at a
 * random moment. Nothing is simulated but Meta: a real process, a real PostgreSQL on a real disk. The power stays on,
 * so it is not tested whether the disk keeps what it says it has.
 */
class CrashTest {

    private static final int CYCLES = Integer.getInteger("crash.cycles", 3);
    private static final Path FOLDER = Path.of("target/crash-test");
    private static final Set<String> FINAL = Set.of("delivered", "rejected", "dead", "unknown");
    private static final String PHONE_NUMBER_ID = "106540352242922";

    private SlowMeta meta;
    private ServerProcess server;
    private String accountId;

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        ServerProcess.stopDatabase(FOLDER); // of a run of this test that was itself killed
        FileSystemUtils.deleteRecursively(FOLDER);
        meta = new SlowMeta(80, 5);
        server = start();
        HttpResponse<String> connected = server.post("/api/v1/connect/whatsapp/credentials", Map.of("accessToken",
                "EAAcrash", "wabaId", "102290129340398", "phoneNumberId", PHONE_NUMBER_ID, "metaCapiDatasetId", "77001"));
        accountId = Server.JSON.readTree(connected.body()).at("/account/accountId").asText();
    }

    @AfterEach
    void end() throws IOException {
        server.kill();
        ServerProcess.stopDatabase(FOLDER);
        meta.stop();
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillAndMetaCountsNothingTwice() throws IOException, InterruptedException {
        Traffic traffic = new Traffic(accountId, PHONE_NUMBER_ID);
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            int enough = traffic.conversions.size() + ThreadLocalRandom.current().nextInt(30, 120);
            traffic.start(server);
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(3))
                    .until(() -> traffic.conversions.size() >= enough);
            server.kill();
            traffic.stop();
            assertThat(traffic.unacknowledged()).as("requests that the kill met in flight").isPositive();
            server = start();
            traffic.repeat(server);
        }
        assertThat(traffic.unacknowledged()).as("requests that failed after the last start").isZero();

        Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(300)).untilAsserted(() ->
                assertThat(conversions().values()).allMatch(conversion -> FINAL.contains(status(conversion))));
        Map<String, JsonNode> conversions = conversions();
        assertThat(conversions.keySet()).containsAll(traffic.conversions);
        everyEventWasCountedOnce(conversions);
        everyClickIsThere(traffic);
    }

    private void everyEventWasCountedOnce(Map<String, JsonNode> conversions) {
        meta.arrivals.forEach((eventId, answers) -> {
            List<Integer> statuses = answers.stream().map(AtomicInteger::get).toList();
            assertThat(statuses.subList(0, statuses.size() - 1)).as("all answers but the last to " + eventId)
                    .allMatch(status -> status == 400);
            boolean counted = statuses.get(statuses.size() - 1) == 200;
            assertThat(status(conversions.get(eventId))).as("what is known of " + eventId + ", answered " + statuses)
                    .isIn(counted ? Set.of("delivered", "unknown") : Set.of("unknown"));
        });
        conversions.forEach((eventId, conversion) -> assertThat(meta.arrivals.containsKey(eventId)
                || status(conversion).equals("unknown")).as(eventId + " was told to Meta").isTrue());
    }

    private void everyClickIsThere(Traffic traffic) throws IOException, InterruptedException {
        Map<String, String> conversationOf = new HashMap<>();
        for (JsonNode conversation : all("/api/v1/inbox/conversations?limit=100&accountId=" + accountId, "data")) {
            assertThat(conversationOf.put(conversation.path("participantId").asText(), conversation.path("id").asText()))
                    .as("one conversation a contact").isNull();
        }
        for (Map.Entry<String, String> first : traffic.firstClicks.entrySet()) {
            String phone = first.getKey();
            assertThat(conversationOf).containsKey(phone);
            JsonNode shown = Server.JSON.readTree(server.get("/api/v1/inbox/conversations/" + conversationOf.get(phone)
                    + "?accountId=" + accountId).body()).path("data");
            assertThat(shown.at("/metadata/ctwa_clid").asText()).isEqualTo(first.getValue());
            List<String> clicks = new ArrayList<>();
            shown.path("clicks").forEach(click -> clicks.add(click.path("ctwa_clid").asText()));
            assertThat(clicks).doesNotHaveDuplicates().startsWith(first.getValue());
            if (traffic.laterClicks.containsKey(phone)) {
                assertThat(clicks).containsExactly(first.getValue(), traffic.laterClicks.get(phone));
            }
        }
    }

    private Map<String, JsonNode> conversions() throws IOException, InterruptedException {
        return all("/api/v1/whatsapp/conversions?view=full&limit=200&accountId=" + accountId, "events").stream()
                .collect(Collectors.toMap(conversion -> conversion.path("eventId").asText(), conversion -> conversion));
    }

    private List<JsonNode> all(String path, String list) throws IOException, InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = Server.JSON.readTree(server.get(path + cursor).body());
            page.path(list).forEach(found::add);
            String next = page.at("/pagination/nextCursor").textValue();
            cursor = next == null ? null : "&cursor=" + next;
        }
        return found;
    }

    private static String status(JsonNode conversion) {
        return conversion.path("status").asText();
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.startLocal(FOLDER, "--clickthread.graph.url=" + meta.url(), "--clickthread.delivery.lease=2s",
                "--clickthread.delivery.lease-check=200ms", "--clickthread.delivery.poll=100ms",
                "--clickthread.delivery.retry-delays=200ms,400ms,800ms", "--clickthread.graph.response-timeout=1s");
    }
}
