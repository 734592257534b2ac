package io.clickthread.store;

import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whether the database takes writes; a connection alone says nothing of a disk that is full or of a standby that a failover
 * left behind. It writes for real, to a temporary table, at most once in two seconds however often it is asked.
 */
@Component("writes")
class WriteHealth implements HealthIndicator {

    private static final long LIFE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int PATIENCE_SECONDS = 2;

    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;
    private final String write = Sql.read("probe-write");
    private Health last;
    private long lastAt;

    WriteHealth(JdbcTemplate jdbc) {
        this.jdbc = new JdbcTemplate(jdbc.getDataSource());
        this.jdbc.setQueryTimeout(PATIENCE_SECONDS);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(jdbc.getDataSource()));
    }

    @Override
    public synchronized Health health() {
        if (last == null || System.nanoTime() - lastAt > LIFE_NANOS) {
            last = probe();
            lastAt = System.nanoTime();
        }
        return last;
    }

    private Health probe() {
        try {
            transaction.executeWithoutResult(status -> jdbc.execute(write));
            return Health.up().build();
        } catch (DataAccessException | TransactionException e) {
            return Health.down().withDetail("sqlState", SqlStates.of(e)).build();
        }
    }
}
