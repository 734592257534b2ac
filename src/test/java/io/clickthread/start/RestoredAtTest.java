package io.clickthread.start;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickthread.system.StartupRefused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting with which an operator says that the database was set back. */
class RestoredAtTest {

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-11-27", "2026-11-27T09:30:00", "2999-01-01T00:00:00Z", "true"})
    void aSettingThatIsNoPastMomentIsRefusedWithWhatToWrite(String setting) {
        assertThatThrownBy(() -> new RestoredDatabase(setting)).isInstanceOf(StartupRefused.class)
                .hasMessageContaining("CLICKTHREAD_DATABASE_RESTORED_AT").hasMessageContaining("2026-11-27T09:30:00Z");
    }
}
