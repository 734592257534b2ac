package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of settings against the code. */
class SettingsTableTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `(CLICKTHREAD_[A-Z_]+)` \\| `([a-z.-]+)` \\| (.+?) \\| (.*?) ?\\|$", Pattern.MULTILINE);

    private record Row(String variable, String meaning, String standard) {
    }

    private static Map<String, Row> table() {
        Map<String, Row> table = new HashMap<>();
        Matcher matcher = ROW.matcher(Project.text("docs/configuration.md"));
        while (matcher.find()) {
            table.put(matcher.group(2), new Row(matcher.group(1), matcher.group(3), matcher.group(4).replace("`", "")));
        }
        return table;
    }

    @Test
    void everySettingIsInTheTableAndNothingElse() {
        assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(Project.settings().keySet());
    }

    @Test
    void everyDefaultInTheTableIsTheOneOfTheCode() {
        Map<String, Row> table = table();
        Project.settings().forEach((property, standard) -> assertThat(table.get(property).standard()).as(property)
                .isIn(standard.isEmpty() ? new String[] {"", "required"} : new String[] {standard}));
    }

    @Test
    void everyVariableIsThePropertyInCapitalsAndEveryMeaningIsSaid() {
        assertThat(table()).allSatisfy((property, row) -> {
            assertThat(row.variable()).isEqualTo(Project.variable(property));
            assertThat(row.meaning()).hasSizeGreaterThan(5);
        });
    }

    @Test
    void theDefaultsOfSettingsOutsideTheRecordAreThoseOfTheFiles() {
        assertThat(Project.text("routes/maintenance/leases.camel.yaml")).contains("renewal:15s}}");
        assertThat(Project.text("routes/maintenance/retention.camel.yaml")).contains("cleanup:1m}}");
        var database = Project.yaml("src/main/resources/application.yaml").path("clickthread");
        assertThat(database.at("/database/connections").asText()).isEqualTo("16");
        assertThat(database.at("/database/connection-timeout-millis").asText()).isEqualTo("3000");
        assertThat(database.path("management-port").asText()).isEqualTo("8081");
        assertThat(Project.text("routes/maintenance/leases.camel.yaml")).contains("delivery.lease-check:2s}}");
        assertThat(Project.text("routes/maintenance/expire-conversions.camel.yaml")).contains("delivery.age-check:10s}}");
        assertThat(Project.text("routes/maintenance/retention.camel.yaml")).contains("retention.check:10m}}");
    }

    @Test
    void everySettingThatARouteReadsHasADefaultSoThatProductionStartsWithoutIt() throws IOException {
        var file = Project.yaml("src/main/resources/application.yaml").path("clickthread");
        Pattern placeholder = Pattern.compile("\\{\\{clickthread\\.([a-z.-]++)(?!\\{)(:?)");
        try (Stream<Path> routes = Files.walk(Path.of("routes"))) {
            assertThat(routes.filter(Files::isRegularFile).filter(route -> !route.startsWith("routes/simulator"))
                    .flatMap(route ->
                    placeholder.matcher(Project.text(route.toString())).results())
                    .filter(found -> found.group(2).isEmpty()).map(found -> found.group(1)))
                    .isNotEmpty().allMatch(file::has);
        }
    }
}
