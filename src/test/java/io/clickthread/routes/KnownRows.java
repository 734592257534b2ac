package io.clickthread.routes;

import io.clickthread.store.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The accounts and channels that there are, as rows; another query is one that a test did not think of. */
class KnownRows extends JdbcTemplate {

    private final Map<List<Object>, Map<String, Object>> accounts = new ConcurrentHashMap<>();
    private final Map<List<Object>, Map<String, Object>> channels = new ConcurrentHashMap<>();

    KnownRows(DataSource dataSource) {
        super(dataSource);
    }

    void account(String id, Map<String, Object> row) {
        accounts.put(List.of(id), new HashMap<>(row));
    }

    void channel(String provider, String key, Map<String, Object> row) {
        channels.put(List.of(provider, key), new HashMap<>(row));
    }

    @Override
    public List<Map<String, Object>> queryForList(String sql, Object... given) {
        Map<List<Object>, Map<String, Object>> rows = sql.equals(Sql.read("find-account")) ? accounts
                : sql.equals(Sql.read("find-channel")) ? channels : null;
        if (rows == null) {
            throw new AssertionError("No route without a database runs " + sql);
        }
        Map<String, Object> row = rows.get(List.of(given));
        return row == null ? List.of() : List.of(row);
    }
}
