package io.clickthread.system;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Whether every setting is what its type says: {@link Settings} is read as a whole before anything uses it, and with it
 * the few settings that only routes and the framework read. Of several wrong ones the first is named.
 */
final class SettingsCheck {

    /** What no component of {@link Settings} holds. */
    private static final Map<Class<?>, List<String>> OTHERS = Map.of(
            Integer.class, List.of("management-port", "database.connections", "database.connection-timeout-millis"),
            Duration.class, List.of("delivery.lease-check", "delivery.age-check", "delivery.click-check", "idempotency.renewal",
                    "idempotency.cleanup", "retention.check"),
            Boolean.class, List.of("simulator.enabled"));

    /** The number that a setting must at least be, where a smaller one starts a server that can do nothing. */
    private static final Map<String, Long> LEAST = Map.of(
            "clickthread.http.workers", 1L, "clickthread.http.requests", 1L, "clickthread.http.connections", 1L,
            "clickthread.graph.connections", 1L, "clickthread.capture.writers", 1L, "clickthread.delivery.senders", 1L,
            "clickthread.delivery.writers", 1L, "clickthread.database.connections", 1L, "clickthread.imports.slice", 1L);

    private static final List<String> PORTS = List.of("clickthread.port", "clickthread.management-port");

    private SettingsCheck() {
    }

    /** What is malformed or out of range, a sentence each that begins with the variable and tells no value. */
    static List<String> faults(ConfigurableEnvironment environment) {
        Binder binder = Binder.get(environment);
        try {
            binder.bindOrCreate("clickthread", Settings.class);
            OTHERS.forEach((type, names) -> names.forEach(name -> binder.bind("clickthread." + name, type)));
        } catch (BindException e) {
            return List.of(variable(e.getName().toString()) + " must be " + form(e.getTarget().getType().resolve(Object.class)));
        }
        List<String> faults = new java.util.ArrayList<>();
        for (String port : PORTS) {
            if (number(binder, port, 0) < 0 || number(binder, port, 0) > 65_535) {
                faults.add(variable(port) + " must be a port: a whole number from 1 to 65535");
            }
        }
        LEAST.forEach((name, least) -> {
            if (number(binder, name, least) < least) {
                faults.add(variable(name) + " must be at least " + least);
            }
        });
        return faults;
    }

    private static long number(Binder binder, String name, long standard) {
        return binder.bind(name, Long.class).orElse(standard);
    }

    private static String form(Class<?> type) {
        if (type == Duration.class) {
            return "a duration, such as 500ms, 10s, 2m, 6h or 7d";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.stream(type.getEnumConstants()).map(Object::toString)
                    .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-')).collect(Collectors.joining(", "));
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive() ? "a whole number"
                : "in the form that the README's table shows";
    }

    /** The environment variable of a property. */
    static String variable(String property) {
        return property.replaceAll("\\[\\d+]$", "").toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
