package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Proxy;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.TestAccount;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Meta cannot be reached at all: nothing left, so everything is sent later, and only once. */
class MetaAwayTest {

    private static StandInGraph meta;
    private static Proxy proxy;
    private static Server server;

    @BeforeAll
    static void start() {
        meta = new StandInGraph();
        proxy = new Proxy(URI.create(meta.url()).getPort());
        server = Server.start(Map.of("clickthread.graph.url", "http://127.0.0.1:" + proxy.port(),
                "clickthread.graph.connect-timeout", "500ms"));
    }

    @AfterAll
    static void stop() {
        server.stop();
        proxy.close();
        meta.stop();
    }

    @Test
    void aBrokenConnectionQueuesTheConversionAndItIsDeliveredOnceMetaIsBack() {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("clid");
        proxy.cut();
        await().pollDelay(Duration.ofMillis(50)).until(() -> true); // idle for longer than goes unchecked

        Reply reply = account.convert(phone, "Purchase", "1");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("queued");
        assertThat(reply.json().path("reason").asText()).contains("could not be reached");
        assertThat(server.call("POST", "/api/v1/whatsapp/dataset", Map.of("accountId",
                account.id)).status()).as("a known dataset needs no Meta").isEqualTo(200);
        await().until(() -> show(reply).path("attempts").size() > 1);
        assertThat(meta.calls("/events")).isEmpty();

        proxy.mend();
        await().untilAsserted(() -> assertThat(show(reply).path("status").asText()).isEqualTo("delivered"));
        assertThat(meta.calls("/events")).hasSize(1);
        JsonNode attempts = show(reply).path("attempts");
        assertThat(attempts.at("/0/outcome").asText()).isEqualTo("transient");
        assertThat(attempts.at("/0/httpStatus").isNull()).isTrue();
    }

    private static JsonNode show(Reply reply) {
        return server.call("GET", reply.header("Location"), null).json();
    }
}
