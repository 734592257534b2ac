package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickthread.support.Server;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Migration V21 turns the lanes of an installation into destinations, and keeps their data. */
@Tag("one-jdk")
class DestinationMigrationTest {

    private static final Map<String, String> STATES = Map.of("open", "active", "throttled", "throttled", "broken", "tripped",
            "paused", "suspended");

    @Test
    void lanesBecomeDestinationsAndKeepStatesAndConversions() {
        DataSource database = new DriverManagerDataSource(Server.newDatabase(), "postgres", "");
        migrate(database, "20");
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.update("insert into account (id, profile_id, waba_id, access_token, access_token_key) "
                + "values ('a1', 'p', 'w', '', 0)");
        Timestamp retry = Timestamp.from(Instant.parse("2026-11-22T09:15:00Z"));
        for (String state : STATES.keySet()) {
            jdbc.update("insert into lane (account_id, dataset_id, test_code, state, opens_at, failures, reason) "
                    + "values ('a1', 'd1', ?, ?, ?, 3, ?)", state, state, retry, "Was " + state + ".");
            jdbc.update("insert into conversion (id, account_id, dataset_id, waba_id, event_name, event_id, event_time, state, "
                    + "due_at, test_code, lane) values (?, 'a1', 'd1', 'w', 'Purchase', ?, now(), 'waiting', now(), ?, "
                    + "(select id from lane where state = ?))", "c-" + state, state, state, state);
        }

        migrate(database, "21");

        STATES.forEach((old, state) -> {
            Map<String, Object> row = jdbc.queryForMap("select d.state, d.test_code, d.retry_at, d.failures, d.reason "
                    + "from conversion c join destination d on d.id = c.destination where c.id = ?", "c-" + old);
            assertThat(row).containsEntry("state", state).containsEntry("test_code", old).containsEntry("retry_at", retry)
                    .containsEntry("failures", 3).containsEntry("reason", "Was " + old + ".");
        });
        jdbc.update("insert into destination (account_id, dataset_id) values ('a1', 'd2')");
        assertThat(jdbc.queryForObject("select state from destination where dataset_id = 'd2'", String.class)).isEqualTo("active");
        for (String old : List.of("open", "broken", "paused")) {
            assertThatThrownBy(() -> jdbc.update("update destination set state = ?", old))
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
        assertThat(jdbc.queryForList("select relname from pg_class where relname ~ '(^|_)lane(_|$)' union all "
                + "select conname from pg_constraint where conname ~ '(^|_)(lane|opens_at)(_|$)'", String.class)).isEmpty();
    }

    private static void migrate(DataSource database, String version) {
        Flyway.configure().dataSource(database).locations("classpath:db/migration").target(version).load().migrate();
    }
}
