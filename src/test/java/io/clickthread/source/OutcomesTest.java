package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickthread.conversion.SubmissionResult;
import io.clickthread.http.Problem;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** A message pays for its own faults, never for ours. */
class OutcomesTest {

    private static final SourceMessage MESSAGE = new SourceMessage("kafka", null, new byte[0]);
    private static final List<Object> MAPPED = List.of();

    private final Outcomes outcomes = new Outcomes();

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("a refusal", Problem.invalid("x", null, "No."), MAPPED, false),
                Arguments.of("a contact without click", Problem.unprocessable("x", "No."), MAPPED, false),
                Arguments.of("a value that no column takes", new DataIntegrityViolationException("x",
                        new SQLException("x", "22003")), MAPPED, false),
                Arguments.of("a mapping that fails", new IllegalStateException("x"), null, false),
                Arguments.of("too many at once", Problem.of(429, "x", "x", "Later."), MAPPED, true),
                Arguments.of("a fault of the server", Problem.of(503, "x", "x", "Later."), MAPPED, true),
                Arguments.of("the database away", new CannotGetJdbcConnectionException("x"), MAPPED, true),
                Arguments.of("anything else", new IllegalStateException("x"), MAPPED, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aFailureIsTheMessagesOrOurs(String what, Exception failure, Object mapped, boolean isOurs) throws Exception {
        Object outcome = outcomes.failed(failure, mapped);
        if (isOurs) {
            assertThatThrownBy(() -> outcomes.judge(MESSAGE, List.of(outcome))).isSameAs(failure);
        } else {
            assertThat(outcomes.judge(MESSAGE, List.of(outcome)).isRefused()).isTrue();
        }
    }

    @Test
    void aRefusalLeavesItsNeighboursTakenAndAFaultOfOursOutweighsIt() throws Exception {
        Object refused = outcomes.failed(Problem.invalid("x", null, "No."), MAPPED);
        Object ours = outcomes.failed(new CannotGetJdbcConnectionException("x"), MAPPED);
        List<Object> mixed = List.of(new SubmissionResult("1", false, null), refused, new SubmissionResult("2", true, "delivered"));
        assertThat(outcomes.judge(MESSAGE, mixed)).isEqualTo(new SourceResult(MESSAGE, 2, 1, "No."));
        assertThatThrownBy(() -> outcomes.judge(MESSAGE, List.of(refused, ours)))
                .isInstanceOf(CannotGetJdbcConnectionException.class);
    }

    @Test
    void theReasonOfAFailedMappingHoldsNothingOfTheMessage() throws Exception {
        Object outcome = outcomes.failed(new IllegalArgumentException("+15551234567"), null);
        assertThat(outcomes.judge(MESSAGE, outcome).refusal())
                .isEqualTo("Its fields could not be read: IllegalArgumentException.");
    }
}
