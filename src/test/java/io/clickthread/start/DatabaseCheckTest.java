package io.clickthread.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.clickthread.support.Server;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class DatabaseCheckTest {

    @Test
    void theSchemaOfAnOlderProgramIsBroughtUpToDate() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(Server.newDatabase());
            pool.setUsername("postgres");
            Flyway.configure().dataSource(pool).target("1").load().migrate();
            Flyway today = Flyway.configure().dataSource(pool).load();
            assertThat(today.info().pending()).isNotEmpty();

            new DatabaseCheck("").migrate(today);

            assertThat(today.info().pending()).isEmpty();
        }
    }
}
