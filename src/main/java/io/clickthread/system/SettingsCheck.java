package io.clickthread.system;

import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ReflectionUtils;

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
            Boolean.class, List.of("simulator.enabled", "routes-reload"),
            InetAddress.class, List.of("management-host"));

    /** The number that a setting must at least be, where a smaller one starts a server that can do nothing. */
    private static final Map<String, Long> LEAST = Stream.of("http.workers", "http.requests", "http.connections",
            "graph.connections", "capture.writers", "capture.batch", "delivery.senders", "delivery.writers", "delivery.batch",
            "database.connections", "imports.slice", "imports.uploads")
            .collect(Collectors.toMap(name -> "clickthread." + name, name -> 1L));

    /** How often something is looked for: without a wait between, it would be looked for all the time. */
    private static final List<String> PERIODS = List.of("clickthread.delivery.poll", "clickthread.delivery.lease-check",
            "clickthread.delivery.age-check", "clickthread.delivery.click-check", "clickthread.idempotency.renewal",
            "clickthread.idempotency.cleanup", "clickthread.imports.poll", "clickthread.imports.upload-check",
            "clickthread.retention.check", "clickthread.webhooks.health-write", "clickthread.delivery.lease");

    private static final List<String> PORTS = List.of("clickthread.port", "clickthread.management-port");

    private SettingsCheck() {
    }

    /** What is malformed or out of range, a sentence each that begins with the variable and tells no value. */
    static List<String> faults(ConfigurableEnvironment environment) {
        Binder binder = Binder.get(environment);
        Settings settings;
        try {
            settings = binder.bindOrCreate("clickthread", Settings.class);
            OTHERS.forEach((type, names) -> names.forEach(name -> binder.bind("clickthread." + name, type)));
        } catch (BindException e) {
            return List.of(variable(e.getName().toString()) + " must be " + form(e.getTarget().getType()));
        }
        List<String> faults = new ArrayList<>();
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
        PERIODS.forEach(name -> {
            if (binder.bind(name, Duration.class).orElse(Duration.ofSeconds(1)).toMillis() < 1) {
                faults.add(variable(name) + " must be at least 1ms");
            }
        });
        if (faults.isEmpty()) {
            negative("clickthread", settings, faults);
        }
        if (!settings.graph().version().matches("v\\d+\\.\\d+")) {
            faults.add("CLICKTHREAD_GRAPH_VERSION must be a version of Meta's, such as v25.0");
        }
        if (!settings.http().publicPaths().stream().allMatch(path -> path.matches("/.+"))) {
            faults.add("CLICKTHREAD_HTTP_PUBLIC_PATHS must be beginnings of addresses, such as /forms/, separated by commas");
        }
        return faults;
    }

    /** No number and no duration of any record of settings is below 0. */
    private static void negative(String prefix, Object settings, List<String> faults) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            String name = prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            Object value = ReflectionUtils.invokeMethod(component.getAccessor(), settings);
            for (Object one : value instanceof List<?> list ? list : Collections.singletonList(value)) {
                if (one instanceof Record record) {
                    negative(name, record, faults);
                } else if (one instanceof Duration duration ? duration.isNegative()
                        : one instanceof Number number && number.longValue() < 0) {
                    faults.add(variable(name) + " must not be negative");
                }
            }
        }
    }

    private static long number(Binder binder, String name, long standard) {
        return binder.bind(name, Long.class).orElse(standard);
    }

    /** How a value of a type is written; several of them are separated by commas. */
    private static String form(ResolvableType target) {
        Class<?> type = (target.toClass() == List.class ? target.getGeneric(0) : target).resolve(Object.class);
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
        if (type == InetAddress.class) {
            return "an address of this machine, such as 127.0.0.1 or 0.0.0.0";
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive() ? "a whole number"
                : "in the form that docs/configuration.md shows";
    }

    /** The environment variable of a property. */
    static String variable(String property) {
        return property.replaceAll("\\[\\d+]$", "").toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
