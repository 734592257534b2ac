package io.clickthread;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.clickthread.support.Server;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.actuate.health.HealthContributorRegistry;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.core.io.ClassPathResource;

/** What is configured has its effect, and the management port shows health and metrics only. */
class ConfigurationContractTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Server server = Server.shared();

    /** A misspelt name is silently dead, and so is one that a new version no longer has. */
    @ParameterizedTest
    @ValueSource(strings = {"application.yaml", "application-local.yaml"})
    void everyFrameworkSettingIsOneThatTheFrameworkHas(String file) throws IOException {
        Map<String, String> known = knownSettings();
        assertThat(settings(file)).allSatisfy(name -> assertThat(isKnown(known, name)).as(name).isTrue());
    }

    @Test
    void aMisspeltSettingIsFound() throws IOException {
        assertThat(isKnown(knownSettings(), "camel.main.stream-cache-enabled")).isFalse();
        assertThat(isKnown(knownSettings(), "camel.main.stream-caching-enabled")).isTrue();
    }

    @Test
    void camelTakesItsSettings() {
        CamelContext camel = server.context.getBean(CamelContext.class);
        assertThat(camel.getName()).isEqualTo("clickthread");
        assertThat(camel.isStreamCaching()).isFalse();
        assertThat(camel.isSourceLocationEnabled()).isTrue();
        assertThat(camel.getShutdownStrategy().getTimeout()).isEqualTo(20);
    }

    @Test
    void readinessAsksTheDatabaseAndCamel() {
        HealthContributorRegistry contributors = server.context.getBean(HealthContributorRegistry.class);
        for (String part : List.of("db", "writes", "camelReadinessState", "readinessState")) {
            assertThat(server.context.getBean(HealthEndpointGroups.class).get("readiness").isMember(part)).isTrue();
            assertThat(contributors.getContributor(part)).as(part).isNotNull();
        }
    }

    @Test
    void aServerWithoutItsDatabaseIsAliveButNotReady() {
        Server own = Server.start(Map.of());
        try {
            own.context.getBean(HikariDataSource.class).close();
            assertThat(managed(own, "/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(managed(own, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        } finally {
            own.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus"})
    void theManagementPortServes(String path) {
        assertThat(managed(server, path).statusCode()).isEqualTo(200);
    }

    @Test
    void healthTellsNoDetails() {
        assertThat(managed(server, "/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void theMetricsNameTheRoutes() {
        assertThat(managed(server, "/actuator/prometheus").body()).contains("camel_", "routeId=\"receive-meta-webhook\"",
                "hikaricp_connections_active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/actuator", "/actuator/env", "/actuator/beans", "/actuator/heapdump", "/actuator/mappings",
        "/actuator/configprops", "/actuator/loggers", "/actuator/threaddump", "/actuator/metrics", "/actuator/info",
        "/actuator/camel", "/actuator/camelroutes", "/actuator/flyway", "/actuator/shutdown", "/api/v1/accounts",
        "/webhooks/meta"})
    void theManagementPortServesNothingElse(String path) {
        assertThat(managed(server, path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/health/readiness", "/actuator/prometheus"})
    void thePublicPortServesNoManagement(String path) {
        assertThat(server.call("GET", path, null).status()).isEqualTo(404);
    }

    private static HttpResponse<String> managed(Server of, String path) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of.managementPort() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names in a file that are not our own, nor names of loggers. */
    private static List<String> settings(String file) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource(file));
        return yaml.getObject().stringPropertyNames().stream().map(name -> name.replaceAll("\\[\\d+]", ""))
                .filter(name -> Stream.of("clickthread.", "logging.level.").noneMatch(name::startsWith)).sorted().toList();
    }

    private static boolean isKnown(Map<String, String> known, String name) {
        return known.containsKey(name) || known.entrySet().stream().anyMatch(setting -> setting.getValue() != null
                && setting.getValue().matches("java\\.util\\.(Map|Properties).*") && name.startsWith(setting.getKey() + "."));
    }

    /** All settings that the libraries describe, with their types. */
    private static Map<String, String> knownSettings() throws IOException {
        Map<String, String> known = new HashMap<>();
        for (URL description : Collections.list(ConfigurationContractTest.class.getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            for (JsonNode setting : Server.JSON.readTree(description).path("properties")) {
                known.put(setting.path("name").asText(), setting.path("type").textValue());
            }
        }
        return known;
    }
}
