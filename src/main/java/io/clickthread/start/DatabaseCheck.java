package io.clickthread.start;

import com.zaxxer.hikari.HikariDataSource;
import io.clickthread.store.Migrations;
import io.clickthread.system.StartupRefused;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * What the database must be before its schema is brought up to date: there, of a version that is supported, writable, and
 * not already changed by a newer Clickthread, whose tables this one would read wrongly.
 */
@Component
class DatabaseCheck implements FlywayMigrationStrategy {

    private static final int OLDEST = 15;

    private final RestoredDatabase restored;

    DatabaseCheck(@Value("${clickthread.database.restored-at:}") String restoredAt) {
        this.restored = new RestoredDatabase(restoredAt);
    }

    @Override
    public void migrate(Flyway flyway) {
        DatabaseLogin login = new DatabaseLogin((HikariDataSource) flyway.getConfiguration().getDataSource());
        try (Connection connection = login.open()) {
            checkVersion(connection.getMetaData().getDatabaseMajorVersion(), login.place());
            checkWritable(connection, login.place());
            restored.hold(connection);
        } catch (SQLException e) {
            throw new StartupRefused("PostgreSQL at " + login.place() + " ended the connection: " + DatabaseLogin.sentence(e));
        }
        try {
            checkSchema(flyway, login.place());
            Migrations.unhurried(flyway).migrate();
        } catch (FlywayException e) {
            throw new StartupRefused("the schema of " + login.place() + " cannot be brought up to date: " + reason(e)
                    + ": give Clickthread a database that only it changes, whose user may create tables in the schema public");
        }
    }

    /** Refuses a major version of PostgreSQL without what the statements need. */
    static void checkVersion(int major, String place) {
        if (major < OLDEST) {
            throw new StartupRefused("PostgreSQL at " + place + " is version " + major + ": version " + OLDEST
                    + " or newer is needed");
        }
    }

    private static void checkWritable(Connection connection, String place) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(
                "select pg_is_in_recovery(), current_setting('transaction_read_only') = 'on'")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new StartupRefused("PostgreSQL at " + place + " is a standby, which takes no writes: name the primary in "
                        + "CLICKTHREAD_DATABASE_URL");
            }
            if (row.getBoolean(2)) {
                throw new StartupRefused("PostgreSQL at " + place + " is read-only: switch default_transaction_read_only off "
                        + "for the database and the user");
            }
        }
    }

    private static void checkSchema(Flyway flyway, String place) {
        MigrationInfo newest = null;
        MigrationInfo[] all = flyway.info().all();
        for (MigrationInfo migration : all) {
            if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                newest = migration;
            }
        }
        if (newest != null) {
            MigrationVersion known = Arrays.stream(all).filter(migration -> migration.getState().isResolved())
                    .map(MigrationInfo::getVersion).max(MigrationVersion::compareTo).orElse(MigrationVersion.EMPTY);
            throw new StartupRefused("the schema of " + place + " is at version " + newest.getVersion() + ", and this program "
                    + "knows versions up to " + known + ": start the newer Clickthread that changed it, or restore a backup");
        }
    }

    /** The database's own words if it refused something, else the first sentence of Flyway's. */
    private static String reason(FlywayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return DatabaseLogin.sentence(refused);
            }
        }
        return failure.getMessage().lines().map(String::trim).filter(line -> !line.isEmpty()).limit(2)
                .reduce((one, two) -> one.endsWith(":") || two.startsWith("Migration") ? one + " " + two : one).orElse("")
                .replaceFirst("[.]$", "");
    }
}
