package io.clickthread.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickthread.system.StartupRefused;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartFailuresTest {

    @Test
    void theLastLineHasTheFirstReasonAndTheOthersStandAboveIt() {
        assertThat(printed(new IllegalStateException("outer", new StartupRefused(List.of("one", "two", "three")))))
                .containsExactly("two", "three", "Clickthread does not start: one (2 more above)");
        assertThat(printed(new StartupRefused("one"))).containsExactly("Clickthread does not start: one");
    }

    @Test
    void anUnexpectedFailureIsOneLineOfItsInnermostCause() {
        assertThat(printed(new RuntimeException("outer", new IllegalArgumentException("inner\n\tsecond line."))))
                .containsExactly("Clickthread does not start: IllegalArgumentException: inner");
        assertThat(printed(new NullPointerException())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 13, 14})
    void aPostgresqlOlderThanSupportedIsRefused(int major) {
        assertThatThrownBy(() -> DatabaseCheck.checkVersion(major, "db/clicks")).isInstanceOf(StartupRefused.class)
                .hasMessageContaining("PostgreSQL at db/clicks is version " + major + ": version 15 or newer is needed");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18, 19})
    void aPostgresqlOfTodayOrTomorrowIsNotRefused(int major) {
        assertThatCode(() -> DatabaseCheck.checkVersion(major, "db/clicks")).doesNotThrowAnyException();
    }

    private static List<String> printed(Throwable failure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StartFailures.print(failure, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
