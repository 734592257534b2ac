package io.clickthread.http;

import io.clickthread.store.SqlStates;
import io.clickthread.system.Faults;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/** Turns what went wrong in a route into an answer that says what to do and gives nothing away. */
@Component("errorResponses")
public class ErrorResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

    /**
     * The answer for a failure.
     *
     * @param failure   a {@link Problem}, a database failure, or a fault of ours
     * @param requestId the {@code X-Request-Id} of the answer, for the log
     * @return the problem's own answer; 503 with {@code Retry-After} while the database is away, so that callers come
     *         again; else 500
     */
    public ApiResponse answer(Throwable failure, String requestId) {
        Problem problem = Problems.in(failure);
        if (problem != null) {
            return new ApiResponse(problem.status(), problem.status() == 429 ? Map.of("Retry-After", "5") : problem.headers(),
                    problem.body());
        }
        if (databaseIsAway(failure)) {
            LOG.warn("Database not available, request {}: {}", requestId, failure.getClass().getSimpleName());
            Problem away = Problem.of(503, "api_error", "temporarily_unavailable", SqlStates.isLost(failure)
                    ? "The connection to the database was lost, so whether this was stored is not known. Send the request again."
                    : "The database cannot be reached. Nothing was stored; send the request again.");
            return new ApiResponse(503, Map.of("Retry-After", "5"), away.body());
        }
        unexpected(requestId, failure);
        return ApiResponse.of(500, Problem.of(500, "api_error", "internal_error",
                "Something failed here. The log has the details under the X-Request-Id of this answer.").body());
    }

    /** A line in the log for a fault of ours, which quotes nothing of the request. */
    static void unexpected(String requestId, Throwable failure) {
        LOG.error("Unexpected failure, request {}: {}", requestId, Faults.trace(failure));
    }

    private static boolean databaseIsAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotGetJdbcConnectionException || cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof RecoverableDataAccessException) {
                return true;
            }
            // 08: connection, 53: resources, 57: shut down or cancelled; 40: a deadlock that a repetition resolves
            if (cause instanceof SQLException sql && sql.getSQLState() != null
                    && sql.getSQLState().matches("(08|53|57|40).*")) {
                return true;
            }
            if (cause instanceof DataAccessException && cause.getCause() == null) {
                return false;
            }
        }
        return false;
    }
}
