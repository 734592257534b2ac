package io.clickthread.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class WriteHealthTest {

    /** As after a failover, when the address leads to what is a standby by now: it answers queries as well as ever. */
    @Test
    void aServerIsNotReadyWhileItsDatabaseTakesNoWritesAndIsReadyAgainAfterwards() {
        String url = Server.newDatabase();
        Server server = Server.start(Map.of("clickthread.database.url", url, "clickthread.database.username", "postgres"));
        try {
            assertThat(status(server, "readiness")).isEqualTo(200);
            readOnly(url, "on");
            await(server, 503);
            assertThat(new JdbcTemplate(new DriverManagerDataSource(url, "postgres", ""))
                    .queryForObject("select count(*) from account", Integer.class)).isPositive();
            assertThat(status(server, "liveness")).isEqualTo(200);
            readOnly(url, "off");
            await(server, 200);
        } finally {
            server.stop();
        }
    }

    @Test
    void aProbeLeavesNothingBehind() {
        String url = Server.newDatabase();
        JdbcTemplate jdbc = new JdbcTemplate(new org.springframework.jdbc.datasource.SingleConnectionDataSource(url, "postgres",
                "", true));
        for (int i = 0; i < 3; i++) {
            jdbc.execute(Sql.read("probe-write"));
        }
        assertThat(jdbc.queryForObject("select count(*) from write_probe", Integer.class)).isZero();
        assertThat(jdbc.queryForObject("select pg_relation_size('write_probe')", Integer.class)).isZero();
        assertThat(jdbc.queryForObject("select count(*) from pg_class where relname = 'write_probe' and relpersistence <> 't'",
                Integer.class)).isZero();
    }

    private static void await(Server server, int status) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> status(server, "readiness") == status);
    }

    private static void readOnly(String url, String value) {
        String name = url.substring(url.lastIndexOf('/') + 1);
        JdbcTemplate admin = new JdbcTemplate(new DriverManagerDataSource(url.replace(name, "postgres"), "postgres", ""));
        admin.execute("alter database " + name + " set default_transaction_read_only = " + value);
        admin.queryForList("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?", name);
    }

    private static int status(Server server, String probe) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.managementPort()
                    + "/actuator/health/" + probe)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
