package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that name files name files that exist. */
class DocsTest {

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/api.md", "docs/architecture.md", "docs/configuration.md", "docs/csv.md",
        "docs/delivery.md", "docs/operations.md", "docs/providers/README.md", "docs/routes.md", "docs/simulator.md", "docs/sources.md",
        "docs/sql-batch.md"})
    void everyLinkLeadsToAFile(String page) {
        Path folder = Path.of(page).toAbsolutePath().getParent();
        assertThat(Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Project.text(page)).results()
                .map(link -> folder.resolve(link.group(1)))).allMatch(Files::exists);
    }

    @Test
    void everyRouteStatementAndClassOfTheArchitecturePageExists() throws IOException {
        String page = Project.text("docs/architecture.md");
        assertThat(Pattern.compile("routes/[a-z]+/[a-z-]+").matcher(page).results().map(route -> route.group()))
                .isNotEmpty().allMatch(route -> Files.exists(Path.of(route + ".camel.yaml")));
        assertThat(Pattern.compile("sql/[a-z-]+\\.sql").matcher(page).results().map(sql -> sql.group()))
                .isNotEmpty().allMatch(sql -> inASourceSet("resources", sql));
        assertThat(Pattern.compile("\\b([a-z]+)\\.([A-Z][A-Za-z]+)\\b").matcher(page).results()
                .map(name -> name.group(1) + "/" + name.group(2) + ".java"))
                .isNotEmpty().allMatch(name -> inASourceSet("java/io/clickthread", name));
    }

    private static boolean inASourceSet(String folder, String name) {
        return Stream.of("src/main", "src/simulator").anyMatch(set -> Files.exists(Path.of(set, folder, name)));
    }

    @Test
    void everyErrorPolicyIsInTheArchitecturePage() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes/errors"))) {
            assertThat(files.flatMap(file -> Pattern.compile("routeConfiguration:\n    id: (.+)")
                    .matcher(Project.text(file.toString())).results().map(policy -> policy.group(1)))).hasSizeGreaterThan(10)
                    .allMatch(policy -> Project.text("docs/architecture.md").contains("`" + policy + "`"));
        }
    }
}
