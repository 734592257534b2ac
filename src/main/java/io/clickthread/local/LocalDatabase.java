package io.clickthread.local;

import com.zaxxer.hikari.HikariDataSource;
import io.clickthread.system.StartupRefused;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The profile {@code local} without a database address: brings its own PostgreSQL. */
@Configuration
@Profile("local")
@ConditionalOnExpression("'${clickthread.database.url:}' == ''")
class LocalDatabase {

    @Bean
    EmbeddedDatabase embeddedDatabase(@Value("${clickthread.data-dir:.clickthread}") String folder) throws IOException {
        try {
            return new EmbeddedDatabase(Path.of(folder));
        } catch (NoClassDefFoundError e) {
            throw new StartupRefused("the deployable has no database of its own: set CLICKTHREAD_DATABASE_URL, or start with "
                    + "mvn spring-boot:run");
        }
    }

    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource(EmbeddedDatabase database) {
        return DataSourceBuilder.create().type(HikariDataSource.class).driverClassName("org.postgresql.Driver")
                .url(database.url()).username("postgres").password("").build();
    }
}
