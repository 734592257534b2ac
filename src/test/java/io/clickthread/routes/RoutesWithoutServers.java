package io.clickthread.routes;

import io.clickthread.account.Tokens;
import io.clickthread.http.Request;
import io.clickthread.security.Vault;
import io.clickthread.store.StatementRunner;
import javax.sql.DataSource;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * All beans that the routes call, as in the server, but without what listens, asks a database or starts threads of its own.
 * The few that have to ask somebody are played. It is no {@code @Configuration}, or the servers of other tests would find it.
 */
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@ConfigurationPropertiesScan("io.clickthread")
@ComponentScan(basePackages = "io.clickthread", excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = {
    "io\\.clickthread\\.(start|local|simulator|reload)\\..*",
    "io\\.clickthread\\.http\\.(WebServer|OpenPort|HeldRequests|ReadRequest|ApiKeys)",
    "io\\.clickthread\\.store\\.StatementRunner",
    "io\\.clickthread\\..*Test(\\$.*)?",
    "io\\.clickthread\\.ClickthreadApplication"}))
class RoutesWithoutServers {

    /** Endpoints of statements want one; whoever asked it would get a null and fail. */
    @Bean
    DataSource dataSource() {
        return Mockito.mock(DataSource.class);
    }

    @Bean
    KnownRows knownRows(DataSource dataSource) {
        return new KnownRows(dataSource);
    }

    @Bean
    World world(KnownRows rows, Tokens tokens, Vault vault) {
        return new World(rows, tokens, vault);
    }

    /** Statements that error policies run. */
    @Bean
    StatementRunner statementRunner() {
        return Mockito.mock(StatementRunner.class);
    }

    /** In the place of the one that reads a request of Vert.x: tests hand the request over as it makes it. */
    @Bean
    Processor readRequest() {
        return exchange -> {
            exchange.getMessage().removeHeaders("*");
            exchange.setVariable("requestId", "request-of-a-test");
            exchange.getMessage().getMandatoryBody(Request.class);
        };
    }

    @Bean
    Trail trail() {
        return new Trail();
    }

    /** Somebody's own routes, which are told of news. */
    @Bean
    RouteBuilder customRoutesOfATest() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String news : new String[] {"on-click", "on-conversion", "on-outcome"}) {
                    from("direct:" + news).routeId(news).to("mock:" + news);
                }
            }
        };
    }
}
