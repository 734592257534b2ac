package io.clickthread.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Migrations have connections of their own, without the time-outs of requests: one that fills a column of a large table takes
 * minutes, and cut off it would begin again at every start.
 */
@Configuration
class MigrationConfiguration {

    @Bean
    FlywayConfigurationCustomizer migrationsTakeTheirTime(HikariDataSource pool) {
        DriverManagerDataSource patient = new DriverManagerDataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
        Properties properties = new Properties();
        pool.getDataSourceProperties().forEach((name, value) -> properties.put(name, String.valueOf(value)));
        properties.remove("socketTimeout");
        patient.setConnectionProperties(properties);
        return configuration -> configuration.dataSource(patient);
    }
}
