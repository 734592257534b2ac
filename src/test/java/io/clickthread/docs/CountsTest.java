package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The counts of the architecture page. When one changes, this prints the lines that belong there. */
class CountsTest {

    @Test
    void theCountsOfTheArchitecturePageAreThoseOfTheProject() throws IOException {
        List<Path> files = Sources.below(Path.of("routes"), ".yaml");
        Map<String, Integer> all = steps(files);
        String counts = """
                | | |
                | --- | --- |
                | route files | %d |
                | steps | %d: %s |
                | share of `bean` and `process` steps in `capture` | %d %% |
                | share of `bean` and `process` steps in `conversions` | %d %% |
                | Java, in thousands of lines | %d, and %d of the simulator |
                | settings: with those of sources, and advanced | %d and %d |
                """.formatted(files.size(), sum(all), words(all), beans("capture"), beans("conversions"), thousands(Sources.MAIN),
                thousands(Sources.SIMULATOR), settings(true), settings(false));
        System.out.println(counts);
        assertThat(Project.text("docs/architecture.md")).contains(counts);
    }

    private static Map<String, Integer> steps(List<Path> files) {
        Map<String, Integer> steps = new TreeMap<>();
        files.forEach(file -> count(Project.yaml(file.toString()), steps));
        return steps;
    }

    /** A step is the one field of each entry of any list called {@code steps}. */
    private static void count(JsonNode node, Map<String, Integer> steps) {
        node.path("steps").forEach(step -> step.fieldNames().forEachRemaining(name -> steps.merge(name, 1, Integer::sum)));
        node.forEach(child -> count(child, steps));
    }

    private static int sum(Map<String, Integer> steps) {
        return steps.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String words(Map<String, Integer> steps) {
        return steps.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(one -> one.getValue() + " `" + one.getKey() + "`").collect(Collectors.joining(", "));
    }

    private static int beans(String folder) {
        Map<String, Integer> steps = steps(Sources.below(Path.of("routes", folder), ".yaml"));
        return Math.round(100f * (steps.getOrDefault("bean", 0) + steps.getOrDefault("process", 0)) / sum(steps));
    }

    private static long thousands(Path root) throws IOException {
        long lines = 0;
        for (Path file : Sources.below(root, ".java")) {
            lines += Files.readAllLines(file).size();
        }
        return Math.round(lines / 1000.0);
    }

    private static long settings(boolean essential) {
        String page = Project.text("docs/configuration.md");
        int advanced = page.indexOf("## Advanced");
        return (essential ? page.substring(0, advanced) : page.substring(advanced)).lines()
                .filter(line -> line.startsWith("| `CLICKTHREAD_")).count();
    }
}
