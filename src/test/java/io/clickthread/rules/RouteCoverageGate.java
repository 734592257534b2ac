package io.clickthread.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.RouteCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs after all tests of {@code mvn verify}, never among them: what no test ran, nobody knows to work. */
@Tag("one-jdk")
class RouteCoverageGate {

    private static Set<String> defined;
    private static Set<String> run;

    @BeforeAll
    static void read() throws IOException {
        defined = new TreeSet<>(Files.readAllLines(RouteCoverage.DEFINED));
        run = new TreeSet<>(Files.readAllLines(RouteCoverage.RUN));
    }

    @Test
    void everyStepOfEveryRouteWasRunByATest() {
        Set<String> never = new TreeSet<>(defined);
        never.removeAll(run);
        assertThat(never).as("steps of routes/ that no test ran").isEmpty();
    }

    /** A file that the measure does not know would pass unseen. */
    @Test
    void everyFileWithStepsWasMeasured() {
        List<String> withSteps = Bundle.project(name -> null).routes().stream()
                .filter(file -> !file.stepNames().isEmpty()).map(RouteFile::path).toList();
        Set<String> measured = defined.stream().map(step -> step.replaceAll(":\\d+ .*", "")).collect(Collectors.toSet());
        assertThat(measured).containsAll(withSteps);
    }

    @Test
    void theMeasureIsOfTheseRoutes() throws IOException {
        for (String step : defined) {
            String[] parts = step.split("[: ]");
            Path file = Path.of("routes", parts[0]);
            assertThat(file).isRegularFile();
            int line = Integer.parseInt(parts[1]); // Camel counts a step in braces one line too early
            List<String> lines = Files.readAllLines(file);
            assertThat(lines.subList(line - 1, Math.min(line + 1, lines.size()))).as(step)
                    .anyMatch(text -> text.contains(parts[2] + ":"));
        }
    }
}
