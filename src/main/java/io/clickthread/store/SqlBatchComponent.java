package io.clickthread.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * {@code sql-batch:classpath:sql/<name>.sql}: a statement that many exchanges run at the same time with a row or a few each,
 * executed once for all that are waiting, in one transaction and one round trip. Its options are the setters of
 * {@link SqlBatchEndpoint}; {@code docs/sql-batch.md} explains how to write a statement for it.
 */
@Component("sql-batch")
public class SqlBatchComponent extends DefaultComponent {

    private final JdbcTemplate jdbc;
    private final ObjectMapper mapper;
    private ExecutorService threads;

    /**
     * Sets it up.
     *
     * @param jdbc   where statements are executed
     * @param mapper writes the values of parameters that are JSON
     */
    public SqlBatchComponent(JdbcTemplate jdbc, ObjectMapper mapper) {
        this.jdbc = jdbc;
        this.mapper = mapper;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> options) throws Exception {
        SqlBatchEndpoint endpoint = new SqlBatchEndpoint(uri, this, remaining);
        setProperties(endpoint, options);
        return endpoint;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    ObjectMapper mapper() {
        return mapper;
    }

    /** The threads that write and then go on with exchanges; as many as exchanges are on their way, at most. */
    ExecutorService threads() {
        return threads;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        threads = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "sql-batch");
    }

    @Override
    protected void doStop() throws Exception {
        getCamelContext().getExecutorServiceManager().shutdownGraceful(threads);
        super.doStop();
    }
}
