package io.clickthread.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Several statements in one transaction, which costs one more round trip than without. What fails, fails as if there were no
 * transaction. Spring's own transaction templates do not promise that: if the rollback fails as well, as it does on a connection
 * that was lost, they hide what the database said behind it, and log it with the values of the row.
 */
@Component
public class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final JdbcTemplate jdbc;

    Transactions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Runs statements in a transaction of this thread.
     *
     * @param statements the statements, all on this thread, by {@code sql:} steps or the server's {@link JdbcTemplate}
     * @param <T>        what they give back
     * @return the same, once it is durable
     * @throws DataAccessException as without a transaction; if the connection was lost during the commit, it may be durable all
     *         the same
     */
    public <T> T run(Supplier<T> statements) {
        Connection connection = DataSourceUtils.getConnection(jdbc.getDataSource());
        try {
            return run(statements, connection);
        } catch (SQLException e) {
            DataAccessException known = jdbc.getExceptionTranslator().translate("Transaction", null, e);
            throw known != null ? known : new DataAccessResourceFailureException("Transaction", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, jdbc.getDataSource());
        }
    }

    private <T> T run(Supplier<T> statements, Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        TransactionSynchronizationManager.bindResource(jdbc.getDataSource(), new ConnectionHolder(connection, true));
        boolean ended = false;
        try {
            T result = statements.get();
            connection.commit();
            ended = true;
            return result;
        } finally {
            TransactionSynchronizationManager.unbindResource(jdbc.getDataSource());
            end(connection, ended);
        }
    }

    /** A connection on which this fails is broken, and the pool has noticed; what counts is what failed before. */
    private static void end(Connection connection, boolean isCommitted) {
        try {
            if (!isCommitted) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("The end of a transaction failed: SQL state {}", e.getSQLState());
        }
    }
}
