package io.clickthread.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What waited when a backup was made may have been sent since: nothing of it goes to Meta again by itself. */
@Tag("one-jdk")
class RestoredDatabaseTest {

    private static final String ADDRESS = Server.newDatabase();
    private static final String NAME = ADDRESS.replaceFirst(".*/", "");
    private static final JdbcTemplate ADMIN = template(ADDRESS.replaceFirst("/test_.*", "/postgres"));
    private static String conversion;
    private static int copies;

    private Server server;

    /** One conversion waits, because Meta was away, and is due at once for whichever server comes next. */
    @BeforeAll
    static void stopWithOneThatWaits() {
        Server first = start(ADDRESS, Map.of("clickthread.delivery.retry-delays", "1h"));
        TestAccount account = TestAccount.connect(first);
        first.graph.next(account.datasetId + "/events", Reaction.of(503, "{}"));
        conversion = account.convert(account.clicked("ARA-" + Webhooks.unique()), "Purchase", "order-7", "value", 1, "currency",
                "EUR").json().path("conversionId").asText();
        first.stop();
        template(ADDRESS).update("update destination set state = 'active', failures = 0, retry_at = now()");
        waits(ADDRESS);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void onACopyItIsHeldAsUnknownUntilSomebodyDecidesAndThenSentOnce() {
        server = start(copy(), Map.of());

        assertThat(shown().path("state").asText()).isEqualTo("unknown");
        assertThat(shown().path("reason").asText()).contains("restored or copied");
        assertThat(shown().toString()).contains("\"event\":\"restored\"");
        assertThat(server.graph.calls("/events")).isEmpty();

        assertThat(server.call("POST", "/api/v1/dead-letters/release", Map.of("ids", List.of(conversion))).json().path("released")
                .asInt()).isEqualTo(1);
        isDelivered();
        assertThat(server.graph.calls("/events")).hasSize(1);
    }

    @Test
    void theSecondStartOnACopyHoldsNothingMore() {
        String copy = copy();
        start(copy, Map.of()).stop();
        waits(copy);

        server = start(copy, Map.of());
        isDelivered();
    }

    @Test
    void ofADatabaseThatWasSetBackTheSettingTellsOnce() {
        String database = asItWas(copy());
        Map<String, String> setting = Map.of("clickthread.database.restored-at", Instant.now().toString());
        server = start(database, setting);
        assertThat(shown().path("state").asText()).isEqualTo("unknown");
        assertThat(server.graph.calls("/events")).isEmpty();
        server.stop();
        waits(database);

        server = start(database, setting);
        isDelivered();
    }

    @Test
    void onItsOwnDatabaseAServerSendsWhatWasAcceptedAfterTheMomentOfTheSetting() {
        server = start(asItWas(copy()), Map.of("clickthread.database.restored-at", Instant.now().minusSeconds(3_600).toString()));
        isDelivered();
    }

    @Test
    void aServerThatRunsWhileItsDatabaseIsExchangedSendsNothing() {
        String database = asItWas(copy());
        String name = database.replaceFirst(".*/", "");
        String other = copy().replaceFirst(".*/", "");
        server = start(database, Map.of("clickthread.delivery.poll", "1h", "clickthread.database.restored-at", ""));
        ADMIN.execute("alter database " + name + " with allow_connections false");
        ADMIN.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        ADMIN.execute("alter database " + name + " rename to " + name + "_old");
        ADMIN.execute("alter database " + other + " rename to " + name);
        waits(database);

        assertThat(server.call("GET", "/api/v1/whatsapp/conversions/" + conversion, null).status()).isEqualTo(503);
        assertThat(server.graph.calls("/events")).isEmpty();
        assertThat(template(database).queryForObject("select state from conversion where id = ?", String.class, conversion))
                .isEqualTo("waiting");
    }

    private static String copy() {
        String copy = "_copy" + ++copies;
        ADMIN.execute("create database " + NAME + copy + " template " + NAME);
        return ADDRESS + copy;
    }

    /** A copy that has the identity of the original, as a cluster that was set back as a whole has. */
    private static String asItWas(String address) {
        template(address).update("update installation set identity = database_identity()");
        return address;
    }

    private static void waits(String address) {
        template(address).update("update conversion set state = 'waiting', due_at = now()");
    }

    private void isDelivered() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> shown().path("state").asText().equals("delivered"));
    }

    private JsonNode shown() {
        return server.call("GET", "/api/v1/whatsapp/conversions/" + conversion, null).json();
    }

    private static Server start(String address, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("clickthread.database.url", address,
                "clickthread.database.username", "postgres"));
        properties.putAll(more);
        return Server.start(properties);
    }

    private static JdbcTemplate template(String address) {
        return new JdbcTemplate(new DriverManagerDataSource(address, "postgres", ""));
    }
}
