package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clickthread.system.StartupCheck;
import io.clickthread.system.StartupRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.FileSystemUtils;

/** Production does not start on settings that are missing or unsafe, and says all that is wrong in one go. */
class StartupRefusalTest {

    private static final Map<String, String> GOOD = Map.of(
            "clickthread.database.url", "jdbc:postgresql://127.0.0.1:1/nowhere",
            "clickthread.api-key", "0123456789-0123456789-0123456789",
            "clickthread.encryption-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "clickthread.meta.app-secret", "app-secret-of-a-test",
            "clickthread.meta.verify-token", "verify-token-of-a-test",
            "clickthread.graph.url", "https://graph.facebook.com");

    @Test
    void aStartWithoutSettingsNamesEveryMissingVariableAndShowsNoStackTrace() throws IOException {
        Path folder = Path.of("target/startup-test");
        FileSystemUtils.deleteRecursively(folder);
        ServerProcess server = ServerProcess.start(folder);
        assertThat(server.waitForEnd()).isEqualTo(1);
        assertThat(server.output()).contains("CLICKTHREAD_DATABASE_URL", "CLICKTHREAD_API_KEY",
                "CLICKTHREAD_ENCRYPTION_KEY", "CLICKTHREAD_META_APP_SECRET", "CLICKTHREAD_META_VERIFY_TOKEN",
                "mvn spring-boot:run").doesNotContain("\tat ");
        assertThat(server.output().lines().filter(line -> !line.isBlank())).last().asString()
                .startsWith("Clickthread does not start: CLICKTHREAD_DATABASE_URL is missing: ").endsWith(" (4 more above)");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("clickthread.database.url", "", "CLICKTHREAD_DATABASE_URL is missing"),
                Arguments.of("clickthread.api-key", "short-key", "CLICKTHREAD_API_KEY is too short"),
                Arguments.of("clickthread.meta.app-secret", ",", "CLICKTHREAD_META_APP_SECRET is too short"),
                Arguments.of("clickthread.meta.app-secret", "x", "CLICKTHREAD_META_APP_SECRET is too short"),
                Arguments.of("clickthread.meta.app-secret", ",a-good-secret-of-meta", "CLICKTHREAD_META_APP_SECRET is too short"),
                Arguments.of("clickthread.meta.app-secret", "a-good-secret-of-meta,", "CLICKTHREAD_META_APP_SECRET is too short"),
                Arguments.of("clickthread.meta.app-secret", "a-good-secret-of-meta,               x               ",
                        "CLICKTHREAD_META_APP_SECRET is too short"),
                Arguments.of("clickthread.encryption-key", "c2hvcnQ=", "CLICKTHREAD_ENCRYPTION_KEY is not base64 of"),
                Arguments.of("clickthread.encryption-key", "not base64!", "CLICKTHREAD_ENCRYPTION_KEY is not base64"),
                Arguments.of("clickthread.graph.url", "http://graph.example", "CLICKTHREAD_GRAPH_URL must be https"),
                Arguments.of("clickthread.graph.url", "http://localhost.example", "CLICKTHREAD_GRAPH_URL must be https"),
                Arguments.of("clickthread.graph.url", "ftp://127.0.0.1", "CLICKTHREAD_GRAPH_URL must be https"),
                Arguments.of("clickthread.graph.url", "", "CLICKTHREAD_GRAPH_URL is missing"),
                Arguments.of("clickthread.graph.url", "no address", "CLICKTHREAD_GRAPH_URL is not an address"),
                Arguments.of("clickthread.graph.url", "https:///graph", "CLICKTHREAD_GRAPH_URL names no host"),
                Arguments.of("clickthread.api-key", "", "CLICKTHREAD_API_KEY is missing"),
                Arguments.of("clickthread.encryption-key", "", "CLICKTHREAD_ENCRYPTION_KEY is missing"),
                Arguments.of("clickthread.encryption-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=,",
                        "CLICKTHREAD_ENCRYPTION_KEY is not base64"),
                Arguments.of("clickthread.meta.app-secret", "", "CLICKTHREAD_META_APP_SECRET is missing"),
                Arguments.of("clickthread.meta.app-secret", "a", "CLICKTHREAD_META_APP_SECRET is too short"),
                Arguments.of("clickthread.meta.app-secret", ",", "CLICKTHREAD_META_APP_SECRET is too short"),
                Arguments.of("clickthread.meta.app-secret", ",app-secret-of-a-test", "CLICKTHREAD_META_APP_SECRET is too short"),
                Arguments.of("clickthread.meta.verify-token", " ", "CLICKTHREAD_META_VERIFY_TOKEN is missing"),
                Arguments.of("clickthread.simulator.enabled", "true", "CLICKTHREAD_SIMULATOR_ENABLED is set"),
                Arguments.of("clickthread.routes-reload", "true", "CLICKTHREAD_ROUTES_RELOAD is set"),
                Arguments.of("clickthread.database.url", "postgres://me:hunter2@db.example:5432/clicks?sslmode=require",
                        "CLICKTHREAD_DATABASE_URL is not a JDBC address: write jdbc:postgresql://db.example:5432/clicks, "
                                + "with user and password in CLICKTHREAD_DATABASE_USERNAME and CLICKTHREAD_DATABASE_PASSWORD"),
                Arguments.of("clickthread.database.url", "postgresql://db.example", "CLICKTHREAD_DATABASE_URL is not a JDBC "
                        + "address: write jdbc:postgresql://db.example/, "),
                Arguments.of("clickthread.database.url", "jdbc:mysql://db/clicks", "CLICKTHREAD_DATABASE_URL is not a JDBC address"),
                Arguments.of("clickthread.database.url", "jdbc:postgresql://db:port/clicks",
                        "CLICKTHREAD_DATABASE_URL is not a JDBC address of PostgreSQL"),
                Arguments.of("clickthread.public-url", "clicks.example.com", "CLICKTHREAD_PUBLIC_URL is not an address"),
                Arguments.of("clickthread.port", "http", "CLICKTHREAD_PORT must be a whole number"),
                Arguments.of("clickthread.port", "99999", "CLICKTHREAD_PORT must be a port"),
                Arguments.of("clickthread.management-port", "-1", "CLICKTHREAD_MANAGEMENT_PORT must be a port"),
                Arguments.of("clickthread.management-port", "x", "CLICKTHREAD_MANAGEMENT_PORT must be a whole number"),
                Arguments.of("clickthread.database.connections", "0", "CLICKTHREAD_DATABASE_CONNECTIONS must be at least 1"),
                Arguments.of("clickthread.delivery.senders", "0", "CLICKTHREAD_DELIVERY_SENDERS must be at least 1"),
                Arguments.of("clickthread.delivery.unknown", "drop", "CLICKTHREAD_DELIVERY_UNKNOWN must be one of hold, resend"),
                Arguments.of("clickthread.retention.check", "soon", "CLICKTHREAD_RETENTION_CHECK must be a duration"),
                Arguments.of("clickthread.sources.kafka.enabled", "maybe",
                        "CLICKTHREAD_SOURCES_KAFKA_ENABLED must be true or false"),
                Arguments.of("clickthread.routes-dir", "no/such/folder", "CLICKTHREAD_ROUTES_DIR is not a folder"),
                Arguments.of("clickthread.sources.csv-folder.enabled", "true",
                        "CLICKTHREAD_SOURCES_CSV_FOLDER_PATH is missing"),
                Arguments.of("clickthread.sources.webhook.enabled", "true",
                        "CLICKTHREAD_SOURCES_WEBHOOK_OF_<NAME>_SECRET is missing"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aWrongSettingIsNamedAndItsValueIsNot(String name, String value, String said) {
        List<String> faults = refused(Map.of(name, value)).faults();
        assertThat(faults).singleElement().asString().startsWith(said);
        if (name.matches(".*(key|secret)") && value.length() > 1) {
            assertThat(faults.get(0)).doesNotContain(value);
        }
    }

    @Test
    void aZoneOrCountryOfTheFolderThatDoesNotExistIsNamed() {
        assertThat(refused(Map.of("clickthread.sources.csv-folder.enabled", "true", "clickthread.sources.csv-folder.path", "x",
                "clickthread.sources.csv-folder.timezone", "Mars", "clickthread.sources.csv-folder.country", "XX")).faults()).hasSize(2)
                .anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_CSV_FOLDER_TIMEZONE must be"))
                .anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_CSV_FOLDER_COUNTRY must be"));
    }

    @Test
    void aSourceThatIsSwitchedOnNamesEverySettingThatItMisses() {
        assertThat(refused(Map.of("clickthread.sources.kafka.enabled", "true")).faults()).hasSize(2)
                .anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_KAFKA_BROKERS is missing"))
                .anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_KAFKA_TOPIC is missing"));
        assertThat(refused(Map.of("clickthread.sources.chatwoot.enabled", "true", "clickthread.sources.chatwoot.labels",
                "lead")).faults()).hasSize(3)
                .anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_CHATWOOT_SECRET is missing"))
                .anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_CHATWOOT_ACCOUNT_ID is missing"))
                .anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_CHATWOOT_LABELS must be"));
        assertThat(refused(Map.of("clickthread.sources.webhook.enabled", "true",
                "clickthread.sources.webhook.of.shop.secret", "a secret of the shop", "clickthread.sources.webhook.of.crm.account-id", "a"))
                .faults()).singleElement().asString().startsWith("CLICKTHREAD_SOURCES_WEBHOOK_OF_CRM_SECRET is missing");
    }

    @Test
    void aSourcesSecretIsNotShortEither() {
        assertThat(refused(Map.of("clickthread.sources.webhook.enabled", "true", "clickthread.sources.webhook.of.crm.secret",
                "a good secret of the crm,short")).faults()).singleElement().asString()
                .startsWith("CLICKTHREAD_SOURCES_WEBHOOK_OF_CRM_SECRET is too short").doesNotContain("good secret");
        assertThat(refused(Map.of("clickthread.sources.chatwoot.enabled", "true", "clickthread.sources.chatwoot.account-id", "a",
                "clickthread.sources.chatwoot.secret", "short")).faults()).singleElement().asString()
                .startsWith("CLICKTHREAD_SOURCES_CHATWOOT_SECRET is too short");
    }

    @Test
    void goodSettingsAreNotRefused() {
        assertThat(refused(Map.of("clickthread.meta.app-secret", "a-good-secret-of-meta, another-one-of-meta"))).isNull();
        assertThat(refused(Map.of())).isNull();
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThat(refused(Map.of("clickthread.api-key", "short-key", "clickthread.graph.url", "http://graph.example",
                "clickthread.meta.app-secret", " ")).faults()).hasSize(3);
    }

    private static StartupRefused refused(Map<String, String> changes) {
        Map<String, String> settings = new LinkedHashMap<>(GOOD);
        settings.putAll(changes);
        MockEnvironment environment = new MockEnvironment();
        settings.forEach(environment::setProperty);
        return catchThrowableOfType(StartupRefused.class, () ->
                new StartupCheck().postProcessEnvironment(environment, new SpringApplication()));
    }
}
