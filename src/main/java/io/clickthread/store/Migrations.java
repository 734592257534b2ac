package io.clickthread.store;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

/**
 * Migrations have connections of their own, without the time-outs of requests: one that fills a column of a large table takes
 * minutes, and cut off it would begin again at every start.
 */
public final class Migrations {

    private Migrations() {
    }

    /**
     * The same migrations, with as much time as they need.
     *
     * @param flyway with the pool of requests as its data source
     * @return with connections to the same database that have no time-outs
     */
    public static Flyway unhurried(Flyway flyway) {
        HikariDataSource pool = (HikariDataSource) flyway.getConfiguration().getDataSource();
        return Flyway.configure().configuration(flyway.getConfiguration())
                .dataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword()).load();
    }
}
