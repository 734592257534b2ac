package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that stops takes its routes away one by one; nobody is told meanwhile that there is nothing at an address. */
@Tag("one-jdk")
class StoppingTest {

    @Test
    void whatComesWhileTheServerStopsIsAskedToComeAgainAndNeverToldThatThereIsNothing() {
        Server server = Server.start(Map.of());
        List<Reply> replies = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (String path : List.of("/api/v1/accounts", "/webhooks/meta?hub.mode=subscribe&hub.challenge=1&hub.verify_token="
                + Server.VERIFY_TOKEN, "/api/v1/whatsapp/conversions?accountId=0c1ed0000000000000000001")) {
            clients.add(CompletableFuture.runAsync(() -> ask(server, path, replies)));
        }
        await().until(() -> replies.size() > 30);

        server.stop();
        clients.forEach(CompletableFuture::join);

        assertThat(replies).extracting(Reply::status).containsOnly(200, 503);
        assertThat(replies).filteredOn(reply -> reply.status() == 503).isNotEmpty().allSatisfy(reply -> {
            assertThat(reply.json().path("code").asText()).isEqualTo("stopping");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
        });
    }

    private static void ask(Server server, String path, List<Reply> replies) {
        while (true) {
            try {
                replies.add(server.call("GET", path, null));
            } catch (RuntimeException | AssertionError e) {
                return; // the port is closed
            }
        }
    }
}
