package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the container files promise. No Docker engine is needed: they are read as text and as YAML. */
class ContainersTest {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z_]+)(:?[-?])?([^}]*)}");

    private final JsonNode compose = Project.yaml("docker-compose.yml");
    private final JsonNode app = compose.at("/services/clickthread");
    private final List<String> dockerfile = Project.text("Dockerfile").lines()
            .filter(line -> !line.startsWith("#")).toList();

    @Test
    void composeSetsAndAsksForNothingButDocumentedSettings() {
        Set<String> documented = Project.settings().keySet().stream().map(Project::variable).collect(Collectors.toSet());
        List<String> used = new ArrayList<>();
        app.path("environment").fieldNames().forEachRemaining(used::add);
        references().forEach(reference -> used.add(reference.name));
        assertThat(documented).containsAll(used);
    }

    @Test
    void theExampleNamesEveryVariableThatComposeCannotDoWithout() {
        Set<String> required = references().stream().filter(reference -> reference.operator.equals(":?"))
                .map(Reference::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(required).containsExactlyInAnyOrder("CLICKTHREAD_DATABASE_PASSWORD", "CLICKTHREAD_API_KEY",
                "CLICKTHREAD_ENCRYPTION_KEY", "CLICKTHREAD_META_APP_SECRET", "CLICKTHREAD_META_VERIFY_TOKEN");
        List<String> example = Project.text(".env.example").lines().filter(line -> line.startsWith("CLICKTHREAD_")).toList();
        assertThat(example).as("no secret has a value that everybody knows").allMatch(line -> line.endsWith("="));
        assertThat(example).map(line -> line.replace("=", "")).containsAll(required)
                .isSubsetOf(references().stream().map(Reference::name).toList());
        assertThat(Project.text(".gitignore").lines()).contains(".env");
    }

    @Test
    void aMissingSecretStopsComposeWithASentenceThatHelps() {
        assertThat(references()).allSatisfy(reference -> {
            assertThat(reference.operator).as(reference.name).isIn(":?", ":-");
            if (reference.operator.equals(":?")) {
                assertThat(reference.rest).contains(".env.example");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"clickthread", "postgres"})
    void aServiceCanWriteNowhereAndHasNoMoreRightsThanItNeeds(String service) {
        JsonNode node = compose.path("services").path(service);
        assertThat(node.path("read_only").asBoolean()).isTrue();
        assertThat(texts(node.path("cap_drop"))).containsExactly("ALL");
        assertThat(texts(node.path("security_opt"))).contains("no-new-privileges:true");
        assertThat(texts(node.path("tmpfs"))).contains("/tmp");
        assertThat(node.has("privileged")).isFalse();
    }

    @Test
    void clickthreadNeedsNoCapabilityAtAllAndIsReachedOnLoopbackOnly() {
        assertThat(app.has("cap_add")).isFalse();
        assertThat(texts(app.path("ports"))).containsExactly("127.0.0.1:${CLICKTHREAD_PORT:-8080}:8080");
    }

    @Test
    void theRoutesOfTheFolderAreRunAndCannotBeWritten() {
        assertThat(texts(app.path("volumes"))).contains("./routes:/app/routes:ro");
        assertThat(app.at("/environment/CLICKTHREAD_ROUTES_DIR").asText()).isEqualTo("/app/routes");
        assertThat(dockerfile).contains("WORKDIR /app");
    }

    @Test
    void clickthreadStartsOnceADatabaseOfVersion18WhoseDataStaysIsReady() {
        JsonNode database = compose.at("/services/postgres");
        assertThat(database.path("image").asText()).isEqualTo("postgres:18");
        assertThat(texts(database.path("volumes"))).containsExactly("database:/var/lib/postgresql");
        assertThat(compose.path("volumes").has("database")).isTrue();
        assertThat(texts(database.at("/healthcheck/test"))).contains("pg_isready");
        assertThat(app.at("/depends_on/postgres/condition").asText()).isEqualTo("service_healthy");
        assertThat(app.at("/environment/CLICKTHREAD_DATABASE_URL").asText())
                .isEqualTo("jdbc:postgresql://postgres:5432/" + database.at("/environment/POSTGRES_DB").asText());
        assertThat(app.at("/environment/CLICKTHREAD_DATABASE_USERNAME").asText())
                .isEqualTo(database.at("/environment/POSTGRES_USER").asText());
    }

    @Test
    void stoppingWaitsForWhatIsInFlight() {
        JsonNode settings = Project.yaml("src/main/resources/application.yaml");
        Duration camel = Duration.ofSeconds(settings.at("/camel/main/shutdown-timeout").asLong());
        Duration spring = seconds(settings.at("/spring/lifecycle.timeout-per-shutdown-phase"));
        assertThat(camel).isPositive();
        assertThat(seconds(app.path("stop_grace_period"))).isGreaterThan(camel.plus(spring));
    }

    @Test
    void theImageRunsTheDocumentedCommandAsANumberedUserThatIsNotRoot() {
        assertThat(instruction("USER")).matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(instruction("ENTRYPOINT")).isEqualTo("[\"java\", \"-jar\", \"clickthread.jar\"]");
        assertThat(Project.text("README.md")).contains("java -jar target/clickthread.jar");
        assertThat(dockerfile.indexOf("USER " + instruction("USER")))
                .isLessThan(dockerfile.indexOf("ENTRYPOINT " + instruction("ENTRYPOINT")));
    }

    @Test
    void theImageIsLayeredAndItsBasesArePinned() {
        assertThat(dockerfile).anyMatch(line -> line.contains("-Djarmode=tools") && line.contains("--layers"));
        List<String> copied = dockerfile.stream().filter(line -> line.startsWith("COPY --from=build")).toList();
        assertThat(copied.get(0)).contains("dependencies");
        assertThat(copied.get(copied.size() - 1)).contains("application");
        assertThat(dockerfile.stream().filter(line -> line.startsWith("FROM "))).hasSize(2)
                .allMatch(line -> line.matches("FROM [a-z-]+:\\d+[a-z0-9.-]*( AS build)?"));
    }

    @Test
    void theImageIsBuiltWithoutTheSimulator() {
        List<String> context = Project.text(".dockerignore").lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(context.get(0)).as("nothing but what follows").isEqualTo("*");
        assertThat(context).filteredOn(line -> line.startsWith("!")).containsExactly("!pom.xml", "!routes", "!src/main");
        assertThat(Sources.below(Path.of("routes"), "")).filteredOn(file -> file.toString().contains("simulator")).isNotEmpty()
                .allMatch(file -> context.stream().skip(context.indexOf("!routes")).anyMatch(file::startsWith));
    }

    @Test
    void theHealthCheckNeedsNoCurlAndItsClassExists() throws Exception {
        String check = dockerfile.stream().filter(line -> line.strip().startsWith("CMD [")).findFirst().orElseThrow();
        Matcher main = Pattern.compile("\"(io\\.clickthread\\.[A-Za-z.]+)\"").matcher(check);
        assertThat(check).doesNotContain("curl").contains("\"-cp\", \"clickthread.jar\"");
        assertThat(main.find()).isTrue();
        assertThat(Class.forName(main.group(1)).getMethod("main", String[].class)).isNotNull();
    }

    private record Reference(String name, String operator, String rest) {
    }

    private static List<Reference> references() {
        Matcher matcher = REFERENCE.matcher(Project.text("docker-compose.yml"));
        List<Reference> references = new ArrayList<>();
        while (matcher.find()) {
            references.add(new Reference(matcher.group(1), String.valueOf(matcher.group(2)), matcher.group(3)));
        }
        return references;
    }

    private String instruction(String name) {
        return dockerfile.stream().filter(line -> line.startsWith(name + " ")).reduce((first, last) -> last)
                .orElseThrow().substring(name.length() + 1);
    }

    private static Duration seconds(JsonNode text) {
        return Duration.parse("PT" + text.asText());
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }
}
