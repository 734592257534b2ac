package io.clickthread.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.clickthread.support.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What fails in a transaction is told apart as what fails without one, on a real PostgreSQL and through the pool. */
class TransactionsTest {

    private final HikariDataSource pool = pool();
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final Transactions transactions = new Transactions(jdbc);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void allIsWrittenOrNothing() {
        jdbc.execute("create table thing (name text primary key)");
        transactions.run(() -> jdbc.update("insert into thing values ('a')") + jdbc.update("insert into thing values ('b')"));
        RuntimeException failure = fails(() -> jdbc.update("insert into thing values ('c')") + jdbc.update("insert into thing values ('a')"));

        assertThat(SqlStates.isDataFault(failure)).isTrue();
        assertThat(jdbc.queryForList("select name from thing", String.class)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aConnectionThatIsLostOnTheWayIsADatabaseThatIsAway() {
        RuntimeException failure = fails(() -> jdbc.update("select 1 where pg_terminate_backend(pg_backend_pid())"));

        assertThat(SqlStates.isAway(failure)).isTrue();
        assertThat(SqlStates.isLost(failure)).isTrue();
    }

    @Test
    void aConnectionThatIsLostBeforeTheCommitIsADatabaseThatIsAway() {
        RuntimeException failure = fails(() -> {
            Integer pid = jdbc.queryForObject("select pg_backend_pid()", Integer.class);
            try (var other = java.sql.DriverManager.getConnection(pool.getJdbcUrl(), "postgres", "")) {
                return other.createStatement().execute("select pg_terminate_backend(" + pid + ", 5000)");
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(SqlStates.isAway(failure)).isTrue();
    }

    @Test
    void aPoolThatHasNoConnectionIsADatabaseThatIsAwayAndLeavesNothingBehind() throws Exception {
        try (var taken = pool.getConnection()) {
            RuntimeException failure = fails(() -> jdbc.update("select 1"));

            assertThat(SqlStates.isAway(failure)).isTrue();
            assertThat(SqlStates.isUndone(failure)).isTrue();
        }
    }

    @Test
    void theConnectionIsAsBeforeAfterwards() {
        fails(() -> jdbc.update("select 1 / 0"));
        assertThat(transactions.run(() -> jdbc.queryForObject("select 1", Integer.class))).isEqualTo(1);

        jdbc.execute("create table thing (name text primary key)"); // committed at once
        assertThat(new JdbcTemplate(new org.springframework.jdbc.datasource.DriverManagerDataSource(pool.getJdbcUrl(), "postgres", ""))
                .queryForObject("select count(*) from thing", Integer.class)).isZero();
    }

    private RuntimeException fails(java.util.function.Supplier<Object> work) {
        return catchThrowableOfType(RuntimeException.class, () -> transactions.run(work));
    }

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(Server.newDatabase());
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(250);
        return pool;
    }
}
