package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** An orderly end: what is in flight is finished, and nothing stays behind. */
@Tag("one-jdk")
class ShutdownTest {

    private static final Path FOLDER = Path.of("target/shutdown-test");
    private static final int EXIT_BY_SIGTERM = 143;

    @Test
    void aTerminatedServerFinishesWhatIsInFlightAndTakesItsDatabaseWithIt() throws Exception {
        ServerProcess.stopDatabase(FOLDER);
        FileSystemUtils.deleteRecursively(FOLDER);
        MetaStandIn meta = new MetaStandIn(1500);
        ServerProcess server = start(meta);
        try {
            String account = Server.JSON.readTree(server.post("/api/v1/connect/whatsapp/credentials",
                    Map.of("accessToken", "EAAstop", "wabaId", "102290129340398", "phoneNumberId", "106540352242922",
                            "metaCapiDatasetId", "77002")).body()).at("/account/accountId").asText();
            String phone = Webhooks.phone();
            server.webhook(Webhooks.of("106540352242922", List.of(Webhooks.click(phone, "click-1", TestAccount.now()))));
            CompletableFuture<HttpResponse<String>> inFlight = inFlight(server, account, phone);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> meta.arrivals().containsKey("order-1"));
            ProcessHandle database = ServerProcess.database(FOLDER);
            assertThat(database).isNotNull();

            server.terminate();

            assertThat(inFlight.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(server.waitForEnd()).isEqualTo(EXIT_BY_SIGTERM);
            assertThat(ServerProcess.database(FOLDER)).as("the PostgreSQL of its own").isNull();
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !database.isAlive()); // its lock goes first

            server = start(meta);
            JsonNode events = Server.JSON.readTree(server.get("/api/v1/whatsapp/conversions?view=full&accountId=" + account)
                    .body()).path("events");
            assertThat(events).hasSize(1);
            assertThat(events.at("/0/status").asText()).isEqualTo("delivered");
            assertThat(meta.arrivals().get("order-1")).hasSize(1);
            assertThat(server.output()).doesNotContain("ERROR");
        } finally {
            server.kill();
            ServerProcess.stopDatabase(FOLDER);
            meta.stop();
        }
    }

    private static CompletableFuture<HttpResponse<String>> inFlight(ServerProcess server, String account, String phone) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return server.post("/api/v1/whatsapp/conversions", Map.of("accountId", account, "phoneE164", phone,
                        "eventName", "LeadSubmitted", "eventId", "order-1"));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static ServerProcess start(MetaStandIn meta) throws IOException {
        return ServerProcess.startLocal(FOLDER, "--clickthread.graph.url=" + meta.url());
    }
}
