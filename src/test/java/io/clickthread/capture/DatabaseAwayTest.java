package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Proxy;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** While the database is away everybody is told to come again, and nothing is said to be stored. */
class DatabaseAwayTest {

    private static Proxy proxy;
    private static Server server;

    @BeforeAll
    static void start() {
        String url = Server.newDatabase();
        URI address = URI.create(url.substring("jdbc:".length()));
        proxy = new Proxy(address.getPort());
        server = Server.start(Map.of("clickthread.database.url",
                "jdbc:postgresql://localhost:" + proxy.port() + address.getPath(),
                "clickthread.database.username", "postgres", "clickthread.database.connection-timeout-millis", "500"));
    }

    @AfterAll
    static void stop() {
        server.stop();
        proxy.close();
    }

    @Test
    void everyRequestIsAskedToComeAgainAndDoneOnceTheDatabaseIsBack() {
        TestAccount account = TestAccount.connect(server);
        String known = account.clicked("known");
        String phone = Webhooks.phone();
        Map<String, Object> message = Webhooks.click(phone, "clid", TestAccount.now());

        proxy.cut();
        assertSentAway(account.receive(message));
        assertSentAway(server.webhook("{broken"));
        assertSentAway(account.convert(known, "Purchase", "1"));
        assertSentAway(server.call("GET", "/api/v1/inbox/conversations", null));
        assertSentAway(server.call("GET", "/api/v1/accounts", null, "X-Request-Id", "a"));
        assertSentAway(server.send("GET", "/api/v1/accounts", null, "Authorization", "Bearer never-seen-before"));
        assertThat(server.graph.calls("/events")).as("calls to Meta for what is not durable").isEmpty();
        assertThat(account.receive(Webhooks.text(known, TestAccount.now())).status())
                .as("an organic message of a known contact needs no database").isEqualTo(200);

        proxy.mend();
        Awaitility.await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(account.receive(message).status()).isEqualTo(200));
        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.convert(known, "Purchase", "1").status()).isEqualTo(200);
    }

    @Test
    void aProviderIsAskedToComeAgainWhetherItsChannelIsRememberedOrNot() {
        TestChannel remembered = TestChannel.open(server, "360dialog", "30" + Webhooks.unique());
        TestChannel forgotten = TestChannel.open(server, "360dialog", "30" + Webhooks.unique());
        String phone = Webhooks.phone();
        Map<String, Object> click = Webhooks.of(remembered.key, Webhooks.click(phone, "clid", TestAccount.now()));
        assertThat(remembered.send(Map.of("entry", List.of())).status()).isEqualTo(200);

        proxy.cut();
        assertSentAway(remembered.send(click));
        assertSentAway(forgotten.send(click));
        assertSentAway(server.call("GET", "/api/v1/channels/" + remembered.id + "/health", null));
        assertSentAway(server.call("POST", "/api/v1/webhooks/quarantine/replay", Map.of("dryRun", true)));
        assertThat(remembered.post(click, "X-Webhook-Secret", "wrong").status()).isEqualTo(401);

        proxy.mend();
        Awaitility.await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(remembered.send(click).status()).isEqualTo(200));
        assertThat(remembered.account.clicks(phone)).hasSize(1);
    }

    private static void assertSentAway(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
        assertThat(reply.json().path("code").asText()).isEqualTo("temporarily_unavailable");
        assertThat(reply.body()).doesNotContain("jdbc", "localhost", "postgres");
    }
}
