package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Proxy;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.Webhooks;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of an Idempotency-Key when the database goes away before or behind it. */
class IdempotencyDatabaseAwayTest {

    private static Proxy proxy;
    private static Server server;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        String url = Server.newDatabase();
        URI address = URI.create(url.substring("jdbc:".length()));
        proxy = new Proxy(address.getPort());
        server = Server.start(Map.of("clickthread.database.url",
                "jdbc:postgresql://localhost:" + proxy.port() + address.getPath(),
                "clickthread.database.username", "postgres", "clickthread.database.connection-timeout-millis", "500",
                "clickthread.idempotency.lease", "1s"));
    }

    @AfterAll
    static void stop() {
        server.stop();
        proxy.close();
    }

    @Test
    void aKeyThatCannotBeClaimedRefusesTheRequestBeforeItDoesAnything() {
        String number = "20" + Webhooks.unique();
        Map<String, Object> connect = Map.of("accessToken", "EAAtest", "wabaId", "10" + number, "phoneNumberId", number);
        rememberTheApiKey();
        proxy.cut();
        try {
            Reply away = post("/api/v1/connect/whatsapp/credentials", connect);
            assertThat(away.status()).as(away.body()).isEqualTo(503);
            assertThat(away.header("Retry-After")).isEqualTo("5");
            assertThat(server.graph.calls("/" + number)).as("calls to Meta").isEmpty();
        } finally {
            proxy.mend();
        }
        awaitUntilItIsDone("/api/v1/connect/whatsapp/credentials", connect);
        assertThat(server.graph.calls("/" + number)).hasSize(1);
    }

    @Test
    void anAnswerThatCannotBeKeptIsGivenAndItsKeyIsFreeAfterTheLease() throws Exception {
        server.context.getBean(CamelContext.class).addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/api/v1/cut?httpMethodRestrict=POST").routeConfigurationId("http-errors")
                        .process("readRequest").process(exchange -> proxy.cut())
                        .setBody(exchange -> Map.of("done", true)).process("writeResponse");
            }
        });
        rememberTheApiKey();
        Reply first;
        try {
            first = post("/api/v1/cut", null);
        } finally {
            proxy.mend();
        }
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("done").asBoolean()).isTrue();

        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> server.database().queryForObject(
                "select status is null and lease_until < now() from idempotency_key where key = ?", Boolean.class, key));
        Reply again = awaitUntilItIsDone("/api/v1/cut", null);
        proxy.mend();
        assertThat(again.header("Idempotent-Replayed")).isNull();
    }

    private static void rememberTheApiKey() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.call("GET", "/api/v1/accounts", null).status() == 200);
    }

    private Reply awaitUntilItIsDone(String path, Object body) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> post(path, body), reply -> reply.status() == 200);
    }

    private Reply post(String path, Object body) {
        return server.call("POST", path, body, "Idempotency-Key", key);
    }
}
