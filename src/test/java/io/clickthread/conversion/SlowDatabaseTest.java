package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.store.Migrations;
import io.clickthread.support.Proxy;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database that is slow or whose answer never comes: what it stored all the same is sent, and never called unknown. */
@Tag("one-jdk")
class SlowDatabaseTest {

    private static Proxy proxy;
    private static String direct;
    private static Server server;

    private final TestAccount account = TestAccount.connect(server);
    private final String events = account.datasetId + "/events";

    @BeforeAll
    static void start() {
        direct = Server.newDatabase();
        URI address = URI.create(direct.substring("jdbc:".length()));
        proxy = new Proxy(address.getPort());
        server = Server.start(Map.of("clickthread.database.url",
                "jdbc:postgresql://localhost:" + proxy.port() + address.getPath(), "clickthread.database.username", "postgres",
                "clickthread.database.connection-timeout-millis", "1000", "clickthread.delivery.lease", "2s",
                "clickthread.delivery.lease-check", "100ms", "spring.datasource.hikari.connection-init-sql",
                "set enable_seqscan = off; set jit = off; set statement_timeout = '1500ms'"));
    }

    @AfterAll
    static void stop() {
        server.stop();
        proxy.close();
    }

    @Test
    void aStatementThatTakesTooLongIsEndedByTheDatabaseAndStoresNothing() throws SQLException {
        String phone = account.clicked("clid");
        Reply slow;
        try (Connection lock = locked()) {
            slow = account.convert(phone, "Purchase", "1");
        }

        assertThat(slow.status()).as(slow.body()).isEqualTo(503);
        assertThat(slow.json().path("error").asText()).contains("Nothing was stored");
        assertThat(states()).isEmpty();
        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(200);
    }

    @Test
    void whatIsCommittedAfterTheConnectionWasLostIsSentOnce() throws SQLException {
        String phone = account.clicked("clid");
        CompletableFuture<Reply> reply;
        try (Connection lock = locked()) {
            reply = CompletableFuture.supplyAsync(() -> account.convert(phone, "Purchase", "1"));
            await().until(() -> waiting() > 0);
            proxy.cut();
        } // and now PostgreSQL commits it
        await().untilAsserted(() -> assertThat(postgres().queryForObject(
                "select count(*) from conversion where account_id = ?", Integer.class, account.id)).isEqualTo(1));
        assertThat(reply.join().status()).as(reply.join().body()).isEqualTo(503);
        assertThat(reply.join().json().path("error").asText()).contains("not known");
        await().atMost(Duration.ofSeconds(10)).until(() -> state().equals("sending") || state().equals("unknown"));
        proxy.mend();

        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> state().equals("delivered"));
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @Test
    void whatASweepHasCalledUnknownMeanwhileIsSentAllTheSameUnlessSomebodyDecided() throws SQLException {
        String phone = account.clicked("clid");
        String other = account.clicked("clid2");
        CompletableFuture<Reply> first;
        CompletableFuture<Reply> second;
        try (Connection lock = locked()) {
            first = CompletableFuture.supplyAsync(() -> account.convert(phone, "Purchase", "1"));
            second = CompletableFuture.supplyAsync(() -> account.convert(other, "Purchase", "2"));
            await().until(() -> waiting() > 1);
            proxy.cut();
        }
        await().until(() -> postgres().queryForObject("select count(*) from conversion where account_id = ?", Integer.class,
                account.id) == 2);
        postgres().update("update conversion set state = 'unknown', due_at = null where account_id = ?", account.id);
        postgres().update("update conversion set state = 'closed' where account_id = ? and event_id = '2'", account.id);
        first.join();
        second.join();
        proxy.mend();

        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> postgres().queryForObject(
                "select state from conversion where account_id = ? and event_id = '1'", String.class, account.id)
                .equals("delivered"));
        assertThat(postgres().queryForObject("select state from conversion where account_id = ? and event_id = '2'",
                String.class, account.id)).isEqualTo("closed");
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @Test
    void aClaimInTheBackgroundWhoseAnswerIsLostIsGivenBack() throws SQLException {
        String phone = account.clicked("clid");
        postgres().update("insert into destination (account_id, dataset_id, state, retry_at, reason) "
                + "values (?, ?, 'suspended', now() + interval '1 hour', 'A test holds it.')", account.id, account.datasetId);
        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(202);
        postgres().update("""
                create or replace function hold_up() returns trigger language plpgsql as $$
                begin if new.state = 'sending' then perform pg_sleep(0.6); end if; return new; end $$""");
        postgres().update("create or replace trigger hold_up before update on conversion for each row execute function hold_up()");
        try {
            postgres().update("update destination set state = 'active', retry_at = now() where account_id = ?", account.id);
            await().until(() -> postgres().queryForObject("select count(*) from pg_stat_activity where wait_event = 'PgSleep'",
                    Integer.class) > 0);
            proxy.cut();
            await().atMost(Duration.ofSeconds(20)).until(() -> state().equals("sending") || state().equals("unknown"));
        } finally {
            postgres().update("drop trigger hold_up on conversion");
            proxy.mend();
        }

        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> state().equals("delivered"));
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @Test
    void migrationsHaveNoTimeOut() throws SQLException {
        try (Connection connection = Migrations.unhurried(server.context.getBean(Flyway.class)).getConfiguration().getDataSource().getConnection();
             Statement statement = connection.createStatement()) {
            var row = statement.executeQuery("show statement_timeout");
            row.next();
            assertThat(row.getString(1)).isEqualTo("0");
            assertThat(connection.getNetworkTimeout()).isZero();
        }
        assertThat(server.database().queryForObject("show statement_timeout", String.class)).isEqualTo("1500ms");
    }

    /** No conversion can be inserted until it is closed. */
    private static Connection locked() throws SQLException {
        Connection connection = DriverManager.getConnection(direct, "postgres", "");
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table conversion in share row exclusive mode");
        return connection;
    }

    private static int waiting() {
        return postgres().queryForObject("select count(*) from pg_stat_activity where wait_event_type = 'Lock' "
                + "and query like '%nextval(''conversion_order'')%' and pid <> pg_backend_pid()", Integer.class);
    }

    private String state() {
        return postgres().queryForObject("select state from conversion where account_id = ?", String.class, account.id);
    }

    private java.util.List<String> states() {
        return postgres().queryForList("select state from conversion where account_id = ?", String.class, account.id);
    }

    /** Past the line that is cut. */
    private static JdbcTemplate postgres() {
        return new JdbcTemplate(new org.springframework.jdbc.datasource.DriverManagerDataSource(direct, "postgres", ""));
    }
}
