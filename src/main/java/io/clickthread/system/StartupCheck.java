package io.clickthread.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Looks at the settings before anything starts: refuses, naming all that is missing or wrong, rather than run
 * insecurely; and finds the routes.
 */
public class StartupCheck implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        List<String> faults = new ArrayList<>();
        boolean local = environment.acceptsProfiles(Profiles.of("local"));
        if (!local) {
            require(environment, faults, "clickthread.database.url", "JDBC address of PostgreSQL, with "
                    + "CLICKTHREAD_DATABASE_USERNAME and CLICKTHREAD_DATABASE_PASSWORD; to try Clickthread without any setting, run "
                    + "mvn spring-boot:run");
            refuseReload(environment, faults);
        }
        refuseSimulator(environment, local, faults);
        require(environment, faults, "clickthread.api-key", "the first API key, 32 characters or more");
        require(environment, faults, "clickthread.encryption-key",
                "base64 of 32 random bytes, for example from: openssl rand -base64 32");
        require(environment, faults, "clickthread.meta.app-secret", "the Meta app's secret, which signs webhooks");
        require(environment, faults, "clickthread.meta.verify-token", "a token of your choice for the webhook handshake");
        checkApiKey(environment, faults);
        if (!local) {
            checkAppSecret(environment, faults);
        }
        checkEncryptionKey(environment, faults);
        AddressCheck.database(environment.getProperty("clickthread.database.url", ""), faults::add);
        AddressCheck.graph(environment.getProperty("clickthread.graph.url", "https://graph.facebook.com"), faults::add);
        AddressCheck.publicUrl(environment.getProperty("clickthread.public-url", ""), faults::add);
        List<String> malformed = SettingsCheck.faults(environment);
        faults.addAll(malformed);
        if (malformed.isEmpty()) { // else they cannot be read
            faults.addAll(SourcesCheck.faults(environment));
        }
        String routes = routes(environment, faults);
        if (!faults.isEmpty()) {
            throw new StartupRefused(faults);
        }
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("camel.main.routes-include-pattern", routes);
        environment.getPropertySources().addLast(new MapPropertySource("clickthread-startup", found));
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE; // after the files that hold the profiles' values
    }

    private static void require(ConfigurableEnvironment environment, List<String> faults, String name, String meaning) {
        if (environment.getProperty(name, "").isBlank()) {
            faults.add(SettingsCheck.variable(name) + " is missing: " + meaning);
        }
    }

    private static void checkApiKey(ConfigurableEnvironment environment, List<String> faults) {
        String key = environment.getProperty("clickthread.api-key", "");
        if (!key.isBlank() && key.length() < 32) {
            faults.add("CLICKTHREAD_API_KEY is too short: it needs 32 characters or more");
        }
    }

    private static void checkAppSecret(ConfigurableEnvironment environment, List<String> faults) {
        String secrets = environment.getProperty("clickthread.meta.app-secret", "");
        if (!secrets.isBlank() && !Secrets.areGood(secrets)) {
            faults.add("CLICKTHREAD_META_APP_SECRET is too short: each secret needs " + Secrets.SHORTEST
                    + " characters or more, and commas stand between secrets only");
        }
    }

    private static void checkEncryptionKey(ConfigurableEnvironment environment, List<String> faults) {
        String keys = environment.getProperty("clickthread.encryption-key", "");
        if (!keys.isBlank() && !Arrays.stream(keys.split(",", -1)).allMatch(StartupCheck::isKey)) {
            faults.add("CLICKTHREAD_ENCRYPTION_KEY is not base64 of exactly 32 bytes");
        }
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text.trim()).length == 32;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Its routes need no key, and it would take conversions in Meta's place without anybody noticing. Where it is, it brings settings
     * of its own into {@code local}.
     */
    private static void refuseSimulator(ConfigurableEnvironment environment, boolean local, List<String> faults) {
        boolean isThere = local && environment.containsProperty("clickthread.simulator.webhooks-url");
        if (!isThere && !environment.getProperty("clickthread.simulator.enabled", "false").equalsIgnoreCase("false")) {
            faults.add("CLICKTHREAD_SIMULATOR_ENABLED is set: the simulator exists in the profile 'local' of mvn spring-boot:run "
                    + "only, and is not part of the jar");
        }
    }

    /** A file that somebody is still writing must not decide what becomes of webhooks. */
    private static void refuseReload(ConfigurableEnvironment environment, List<String> faults) {
        String set = environment.getProperty("clickthread.routes-reload", "false").strip().toLowerCase(Locale.ROOT);
        if (Set.of("true", "on", "yes", "1").contains(set)) { // what is neither yes nor no is refused for its form
            faults.add("CLICKTHREAD_ROUTES_RELOAD is set: saved routes take effect by themselves in the profile 'local' only");
        }
    }

    private static String routes(ConfigurableEnvironment environment, List<String> faults) {
        String set = environment.getProperty("clickthread.routes-dir");
        Path folder = Path.of(set == null || set.isBlank() ? "routes" : set).toAbsolutePath().normalize();
        if (Files.isDirectory(folder)) {
            return "file:" + folder + "/**/*.camel.yaml";
        }
        if (set != null && !set.isBlank()) {
            faults.add("CLICKTHREAD_ROUTES_DIR is not a folder: " + folder);
        }
        return routesOfTheJar();
    }

    /** Each by its name, because Camel's own search loses the folders below {@code routes} inside a jar. */
    private static String routesOfTheJar() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources("classpath:routes/**/*.camel.yaml");
            List<String> routes = new ArrayList<>();
            for (Resource route : found) {
                String url = route.getURL().toString();
                routes.add("classpath:" + url.substring(url.lastIndexOf("/routes/") + 1));
            }
            return String.join(",", routes);
        } catch (IOException e) {
            throw new UncheckedIOException("The routes inside the jar cannot be read", e);
        }
    }
}
