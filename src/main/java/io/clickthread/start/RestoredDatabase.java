package io.clickthread.start;

import io.clickthread.store.Sql;
import io.clickthread.system.StartupRefused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what may have been sent already when a server begins on a database that was restored from a backup, or copied: Meta
 * counts a second event. A restored dump and a copy are told by themselves, because PostgreSQL gives them another identity. A
 * cluster that was set back as a whole, to a moment or to a snapshot of its disk, has the old one, as has a standby that took
 * over without the last transactions: of those an operator tells, with {@code CLICKTHREAD_DATABASE_RESTORED_AT}.
 *
 * <p>What was accepted after the backup is not in the database any more, so nothing can be held of it: whoever sends it
 * again, sends it a second time.
 */
final class RestoredDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredDatabase.class);
    private static final String REASON = "The database was restored or copied; whether it was sent after the backup is not known.";

    private final Instant restoredAt;

    /**
     * Reads the setting.
     *
     * @param restoredAt the moment that a backup shows, ISO 8601 with its offset; blank for none
     */
    RestoredDatabase(String restoredAt) {
        this.restoredAt = restoredAt.isBlank() ? null : moment(restoredAt.strip());
    }

    private static Instant moment(String text) {
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            if (moment.isAfter(Instant.now())) {
                throw refusal("lies in the future");
            }
            return moment;
        } catch (DateTimeParseException e) {
            throw refusal("is no time");
        }
    }

    private static StartupRefused refusal(String why) {
        return new StartupRefused("CLICKTHREAD_DATABASE_RESTORED_AT " + why + ": set it to the moment that the backup shows, for "
                + "example 2026-11-27T09:30:00Z");
    }

    /**
     * Holds what must be held, once for each restoration, whichever instance begins first.
     *
     * @param connection outside the pool, whose connections refuse a database of another identity; commits by itself
     */
    void hold(Connection connection) throws SQLException {
        if (!isKnown(connection)) {
            return; // an empty database, or a schema from before this was known
        }
        boolean isAnother = isTrue(connection, "select identity <> database_identity() from installation");
        Instant newest = isAnother ? Instant.now() : restoredAt;
        if (newest == null) {
            return;
        }
        long held = 0;
        for (int part = -1; part != 0; held += part) {
            part = holdPart(connection, newest);
        }
        try (PreparedStatement done = connection.prepareStatement("update installation set identity = database_identity(), "
                + "restored_at = coalesce(?, restored_at), since = now() where identity <> database_identity() "
                + "or restored_at is distinct from coalesce(?, restored_at)")) {
            done.setObject(1, time(restoredAt));
            done.setObject(2, time(restoredAt));
            if (done.executeUpdate() > 0) {
                LOG.warn("The database was restored or copied. {} conversions that had not come to an end are held as unknown, "
                        + "because they may have been sent since: GET /api/v1/dead-letters?status=unknown lists them, POST "
                        + "/api/v1/dead-letters/release sends and /close closes them.", held);
            }
        }
    }

    private int holdPart(Connection connection, Instant newest) throws SQLException {
        try (PreparedStatement part = connection.prepareStatement(Sql.read("hold-restored"))) {
            part.setObject(1, time(newest));
            part.setObject(2, time(restoredAt));
            part.setObject(3, time(restoredAt));
            part.setString(4, REASON);
            return part.executeUpdate();
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static boolean isKnown(Connection connection) throws SQLException {
        return isTrue(connection, "select to_regclass('installation') is not null");
    }

    private static boolean isTrue(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(question)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
