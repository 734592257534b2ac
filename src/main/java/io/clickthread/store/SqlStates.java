package io.clickthread.store;

import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;

/** What kind of failure a database's refusal is, told by its SQLSTATE (ISO 9075, PostgreSQL appendix A). */
public final class SqlStates {

    private SqlStates() {
    }

    /**
     * The SQLSTATE behind a failure.
     *
     * @param failure any failure
     * @return five characters, or none
     */
    public static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    /**
     * Whether a value does not fit (22) or breaks a constraint (23): repeating rows one by one tells whose it is.
     *
     * @param failure any failure
     * @return true if the fault lies in the data
     */
    public static boolean isDataFault(RuntimeException failure) {
        String state = of(failure);
        return state.startsWith("22") || state.startsWith("23");
    }

    /**
     * Whether another writer was faster: a row that was looked up has gone (23) or a deadlock was broken (40). Running the
     * statement again settles it, unless the fault lies in the data after all.
     *
     * @param failure any failure
     * @return true if it is worth running the statement again at once
     */
    public static boolean isRace(RuntimeException failure) {
        String state = of(failure);
        return state.startsWith("23") || state.startsWith("40");
    }

    /**
     * Whether the database is away for now: no connection (08), no resources (53), shut down or cancelled (57).
     *
     * @param failure any failure
     * @return true if a later try may work
     */
    public static boolean isAway(RuntimeException failure) {
        String state = of(failure);
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57")
                || state.isEmpty() && failure instanceof org.springframework.jdbc.CannotGetJdbcConnectionException;
    }

    /**
     * Whether a failed statement surely left nothing behind: it never began, or PostgreSQL itself says that it refused it (22,
     * 23, 42), broke a deadlock (40), ran out of something (53) or cancelled it after its time (57014). Everything else, above
     * all a connection that was lost (08) or ended by the server (57P), may have been committed.
     *
     * @param failure any failure
     * @return false if it may have been committed, and for failures that are not the database's
     */
    public static boolean isUndone(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof org.springframework.jdbc.CannotGetJdbcConnectionException) {
                return true;
            }
        }
        return of(failure).matches("(22|23|40|42|53).{3}|57014");
    }

    /**
     * Whether the connection was lost under a statement, so that PostgreSQL may commit it still.
     *
     * @param failure any failure
     * @return true for the states 08 and 57P
     */
    public static boolean isLost(Throwable failure) {
        return !isUndone(failure) && of(failure).matches("08.{3}|57P.{2}");
    }

    /**
     * A failure after a part of what it is about was stored, so that nobody says of it that nothing was.
     *
     * @param failure what failed later
     * @return a failure whose outcome is not known; the same if the fault lies in the data
     */
    public static RuntimeException storedInPart(RuntimeException failure) {
        if (isDataFault(failure)) {
            return failure;
        }
        RuntimeException lost = new DataAccessResourceFailureException("Stored in part", new SQLException("Stored in part", "08006"));
        lost.addSuppressed(failure);
        return lost;
    }
}
