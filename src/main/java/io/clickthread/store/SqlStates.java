package io.clickthread.store;

import java.sql.SQLException;

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
}
