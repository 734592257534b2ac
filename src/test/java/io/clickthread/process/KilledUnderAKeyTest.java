package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.StandInGraph;
import io.clickthread.support.StandInGraph.Reaction;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** {@code kill -9} while a request with an Idempotency-Key is under way. */
@Tag("one-jdk")
class KilledUnderAKeyTest {

    private static final Path FOLDER = Path.of("target/killed-under-a-key-test");
    private static final String CONNECT = "/api/v1/connect/whatsapp/credentials";
    private static final Map<String, String> ANSWERED =
            Map.of("accessToken", "EAAkilled", "wabaId", "102290129340398", "phoneNumberId", "106540352242922");
    private static final Map<String, String> KILLED =
            Map.of("accessToken", "EAAkilled", "wabaId", "102290129340398", "phoneNumberId", "106540352242923");

    private final StandInGraph meta = new StandInGraph();
    private ServerProcess server;

    @BeforeEach
    void begin() throws IOException {
        ServerProcess.stopDatabase(FOLDER); // of a run of this test that was itself killed
        FileSystemUtils.deleteRecursively(FOLDER);
        server = start();
    }

    @AfterEach
    void end() throws IOException {
        server.kill();
        ServerProcess.stopDatabase(FOLDER);
        meta.stop();
    }

    @Test
    void theStoredAnswerSurvivesAndTheKilledRequestRunsAnewAfterItsLease() throws IOException, InterruptedException {
        HttpResponse<String> answered = server.post(CONNECT, ANSWERED, "Idempotency-Key", "answered");
        assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
        meta.next("/106540352242923", Reaction.silence());
        CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> post("killed"));
        await().until(() -> meta.calls("/106540352242923").size() == 1);

        server.kill();
        server = start();

        assertThat(killed).failsWithin(Duration.ofSeconds(5));
        HttpResponse<String> repeated = server.post(CONNECT, ANSWERED, "Idempotency-Key", "answered");
        assertThat(repeated.body()).isEqualTo(answered.body());
        assertThat(repeated.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        HttpResponse<String> anew = await().atMost(Duration.ofSeconds(20)).until(() -> post("killed"),
                reply -> reply.statusCode() != 409);
        assertThat(anew.statusCode()).as(anew.body()).isEqualTo(200);
        assertThat(anew.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(post("killed").body()).isEqualTo(anew.body());
        assertThat(meta.calls("/106540352242922")).hasSize(1);
        assertThat(meta.calls("/106540352242923")).hasSize(2);
    }

    private HttpResponse<String> post(String key) {
        try {
            return server.post(CONNECT, KILLED, "Idempotency-Key", key);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.startLocal(FOLDER, "--clickthread.graph.url=" + meta.url(),
                "--clickthread.idempotency.lease=3s", "--clickthread.idempotency.renewal=500ms",
                "--clickthread.graph.response-timeout=20s");
    }
}
