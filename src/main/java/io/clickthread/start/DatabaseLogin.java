package io.clickthread.start;

import com.zaxxer.hikari.HikariDataSource;
import io.clickthread.system.StartupRefused;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;

/**
 * The first connection of a start, past the pool, which would hide why it fails. A database that refuses is refused at
 * once; one that is not there may still be starting beside us and is waited for a while.
 */
final class DatabaseLogin {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long PAUSE_MILLIS = 500;
    private static final int ANSWER_SECONDS = 5;
    private static final Set<String> NOT_LET_IN = Set.of("28P01", "28000", "08004");
    private static final String NO_DATABASE = "3D000";
    private static final String NO_RIGHT = "42501";

    private final String url;
    private final String user;
    private final Properties properties = new Properties();

    DatabaseLogin(HikariDataSource pool) {
        this.url = pool.getJdbcUrl();
        this.user = pool.getUsername();
        properties.putAll(pool.getDataSourceProperties());
        for (String limit : new String[] {"connectTimeout", "loginTimeout", "socketTimeout"}) {
            properties.put(limit, Integer.toString(ANSWER_SECONDS));
        }
        properties.values().removeIf(value -> !(value instanceof String));
        if (user != null && !user.isEmpty()) {
            properties.put("user", user);
            properties.put("password", pool.getPassword() == null ? "" : pool.getPassword());
        }
    }

    /** A connection; the caller closes it. */
    Connection open() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return DriverManager.getConnection(url, properties);
            } catch (SQLException e) {
                StartupRefused refusal = refusal(e);
                if (refusal != null) {
                    throw refusal;
                }
                if (System.nanoTime() > end) {
                    throw new StartupRefused("PostgreSQL cannot be reached at " + place() + " for " + PATIENCE.toSeconds()
                            + " seconds: " + sentence(e) + ": start it, or correct CLICKTHREAD_DATABASE_URL");
                }
                pause();
            }
        }
    }

    /** What waiting does not change, or null. */
    private StartupRefused refusal(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (NOT_LET_IN.contains(state)) {
            return new StartupRefused("PostgreSQL at " + place() + " does not let " + (user == null || user.isEmpty()
                    ? "a user without a name" : "the user " + user) + " in (" + sentence(e)
                    + "): correct CLICKTHREAD_DATABASE_USERNAME and CLICKTHREAD_DATABASE_PASSWORD");
        }
        if (NO_DATABASE.equals(state)) {
            return new StartupRefused("PostgreSQL at " + place() + " has no such database (" + sentence(e)
                    + "): create it, or correct CLICKTHREAD_DATABASE_URL");
        }
        return NO_RIGHT.equals(state) ? new StartupRefused("PostgreSQL at " + place() + " does not let the user " + user
                + " connect (" + sentence(e) + "): grant connect on the database to it") : null;
    }

    /** Host, port and database, without the options behind, among which a password may be. */
    String place() {
        return place(url);
    }

    private static String place(String url) {
        return url.replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("\\?.*$", "").replaceFirst("^.*@", "");
    }

    /** What PostgreSQL or the driver says, in one line without its full stop. */
    static String sentence(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("").trim();
        return message.replaceFirst("^(FATAL|ERROR): ", "").replaceFirst("[.]$", "").replaceFirst("[.] Check that.*", "");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupRefused("the start was interrupted while it waited for PostgreSQL");
        }
    }
}
