package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** {@code kill -9} in the middle of a file: the next process reads on, and every row is counted once. */
@Tag("one-jdk")
class ImportCrashTest {

    private static final Path FOLDER = Path.of("target/import-crash-test");
    private static final int ROWS = 30_000;

    private StandInGraph meta;
    private ServerProcess server;

    @BeforeEach
    void begin() throws IOException {
        ServerProcess.stopDatabase(FOLDER); // of a run of this test that was itself killed
        FileSystemUtils.deleteRecursively(FOLDER);
        meta = new StandInGraph();
        server = start();
    }

    @AfterEach
    void end() throws IOException {
        server.kill();
        ServerProcess.stopDatabase(FOLDER);
        meta.stop();
    }

    @Test
    void anImportThatIsKilledInTheMiddleEndsCompleteAndCountsEveryRowOnce() throws IOException, InterruptedException {
        String account = Server.JSON.readTree(server.post("/api/v1/connect/whatsapp/credentials", Map.of("accessToken",
                "EAAimport", "wabaId", "102290129340399", "phoneNumberId", "106540352242923", "metaCapiDatasetId", "77002"))
                .body()).at("/account/accountId").asText();
        server.webhook(Webhooks.of("106540352242923", IntStream.range(1_000, 1_100).mapToObj(i ->
                Webhooks.click("1555000" + i, "ARAimport" + i, System.currentTimeMillis() / 1000)).toList()));
        // only the first row shows what the amounts of all others mean, long after it was read
        String csv = "eventId;eventName;phone;value;currency\n" + IntStream.range(0, ROWS)
                .mapToObj(i -> "e" + i + ";Purchase;" + (i % 10 == 9 ? "15559999999" : "1555000" + (1_000 + i % 100))
                        + (i == 0 ? ";49,90" : ";1.500") + ";BRL\n")
                .collect(Collectors.joining());
        HttpResponse<String> uploaded = server.upload("/api/v1/whatsapp/conversions/import?accountId=" + account, csv);
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(202);
        String path = "/api/v1/whatsapp/conversions/imports/"
                + Server.JSON.readTree(uploaded.body()).at("/import/_id").asText();
        for (int killed = 0; killed < 2; killed++) {
            long enough = show(path).path("rows").asLong() + 3_000;
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5))
                    .until(() -> show(path).path("rows").asLong() >= enough);
            server.kill();
            server = start();
            assertThat(show(path).path("rows").asLong()).as("rows before the end").isLessThan(ROWS);
        }
        Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(200))
                .until(() -> show(path).path("state").asText().equals("done"));
        JsonNode ended = show(path);
        assertThat(List.of(ended.path("rows").asInt(), ended.path("accepted").asInt(), ended.path("repeated").asInt(),
                ended.path("refused").asInt())).containsExactly(ROWS, ROWS * 9 / 10, 0, ROWS / 10);
        assertThat(server.get(path + "/result").body().lines().skip(1)).hasSize(ROWS / 10)
                .allMatch(line -> line.contains(",refused,"));
    }

    private JsonNode show(String path) throws IOException, InterruptedException {
        return Server.JSON.readTree(server.get(path).body()).path("import");
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.startLocal(FOLDER, "--clickthread.graph.url=" + meta.url(), "--clickthread.imports.lease=1s",
                "--clickthread.imports.poll=50ms", "--clickthread.imports.slice=500", "--clickthread.delivery.lease=2s",
                "--clickthread.delivery.lease-check=200ms", "--clickthread.graph.response-timeout=1s");
    }
}
