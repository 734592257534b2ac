package io.clickthread.store;

import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.component.sql.SqlEndpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The component behind {@code sql:} steps. */
@Configuration
class SqlConfiguration {

    @Bean("sql")
    SqlComponent sql(DataSource dataSource) {
        NamedParameters parameters = new NamedParameters();
        SqlComponent component = new SqlComponent() {
            @Override
            protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> options) throws Exception {
                SqlEndpoint endpoint = (SqlEndpoint) super.createEndpoint(uri, remaining, options);
                endpoint.setPrepareStatementStrategy(parameters);
                return endpoint;
            }
        };
        component.setDataSource(dataSource);
        return component;
    }
}
