package io.clickthread.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.clickthread.system.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The files of the project that people read, and the settings as the code has them. */
final class Project {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Project() {
    }

    static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String file) {
        return parse(text(file));
    }

    static JsonNode parse(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every property of the settings with its default, which is empty if there is none. */
    static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        collect("clickthread", Settings.class, settings);
        // Read by other means than the record: by Spring's own settings, by the start and by a route.
        settings.put("clickthread.routes-dir", "routes");
        settings.put("clickthread.routes-reload", "false");
        settings.put("clickthread.idempotency.renewal", "15s");
        settings.put("clickthread.idempotency.cleanup", "1m");
        settings.put("clickthread.management-port", "8081");
        settings.put("clickthread.management-host", "127.0.0.1");
        settings.put("clickthread.database.url", "");
        settings.put("clickthread.database.username", "");
        settings.put("clickthread.database.password", "");
        settings.put("clickthread.database.connections", "16");
        settings.put("clickthread.database.connection-timeout-millis", "3000");
        settings.put("clickthread.database.restored-at", "");
        settings.put("clickthread.delivery.lease-check", "2s");
        settings.put("clickthread.delivery.age-check", "10s");
        settings.put("clickthread.delivery.click-check", "1s");
        settings.put("clickthread.retention.check", "10m");
        return settings;
    }

    /** The environment variable of a property. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static void collect(String prefix, Class<?> type, Map<String, String> into) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                collect(name, component.getType(), into);
            } else {
                into.put(name, standard(type, component.getName()));
            }
        }
    }

    /** The annotation stands on the constructor's parameter. */
    private static String standard(Class<?> type, String name) {
        var constructor = type.getDeclaredConstructors()[0];
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            DefaultValue value = constructor.getParameters()[i].getAnnotation(DefaultValue.class);
            if (components[i].getName().equals(name)) {
                return value == null ? "" : String.join(",", value.value());
            }
        }
        throw new IllegalArgumentException(name);
    }
}
