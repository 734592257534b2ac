package io.clickthread.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioTest {

    @Test
    void theManualNamesEveryScenarioAndNoOther() throws IOException {
        Set<String> documented = new TreeSet<>();
        Matcher rows = Pattern.compile("(?m)^\\| `simulate-([a-z-]+)` \\|")
                .matcher(Files.readString(Path.of("docs/simulator.md")));
        while (rows.find()) {
            documented.add(rows.group(1));
        }
        Set<String> known = new TreeSet<>();
        for (Scenario scenario : Scenario.values()) {
            known.add(scenario.word());
        }
        assertThat(documented).isEqualTo(known);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aScenarioIsAskedForByTheEndOfAnyValue(Scenario scenario) {
        assertThat(Scenario.in(null, "123", "x-simulate-" + scenario.word())).isEqualTo(scenario);
        assertThat(Scenario.in("simulate-" + scenario.word() + "-1")).isNull();
    }

    @Test
    void aNameThatThereIsNotIsRefusedWithAllThatThereAre() {
        assertThatThrownBy(() -> Scenario.in("simulate-weather")).isInstanceOf(GraphRefusal.class)
                .hasMessageContaining("silence, reset");
    }

    @Test
    void aFlakyEventFailsAsOftenAsItsIdSays() {
        Flakiness flakiness = new Flakiness();
        assertThat(flakiness.fails("1", "flaky-2-a")).isTrue();
        assertThat(flakiness.fails("1", "flaky-2-a")).isTrue();
        assertThat(flakiness.fails("2", "flaky-2-a")).as("another dataset").isTrue();
        assertThat(flakiness.fails("1", "flaky-2-a")).isFalse();
        assertThat(flakiness.fails("1", "order-1")).isFalse();
    }
}
