package io.clickthread.reload;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.check.Bundle;
import io.clickthread.check.Fault;
import io.clickthread.check.RouteFile;
import io.clickthread.custom.CustomRoutes;
import io.clickthread.start.LoadedRoutes;
import io.clickthread.start.StartFailures;
import java.nio.file.Path;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Makes saved route files effective: all of them or, if a start would refuse one, none. Routes that were not edited are not touched.
 * Camel's own reload is not used: it replaces a route before it knows whether the new one can run.
 */
@Component
@Profile("local")
class RouteReload {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);
    private static final List<String> LATER = List.of("routeTemplate", "templatedRoute", "routeConfiguration");

    private final LoadedRoutes loaded;
    private final CamelContext camel;
    private final RouteSwap swap;
    private final CustomRoutes custom;
    private Map<String, RouteFile> running;

    RouteReload(LoadedRoutes loaded, CamelContext camel, RouteSwap swap, CustomRoutes custom) {
        this.loaded = loaded;
        this.camel = camel;
        this.swap = swap;
        this.custom = custom;
    }

    /** Reads the files as they are now and runs what changed; says what it did, or what is wrong. */
    void reload() {
        if (running == null) {
            running = byPath(loaded.files());
        }
        Bundle saved = loaded.read();
        Map<String, RouteFile> files = byPath(saved.files());
        if (saved.faults().isEmpty() && texts(files).equals(texts(running))) {
            return;
        }
        if (!saved.faults().isEmpty()) {
            saved.faults().stream().map(Fault::toString).forEach(RouteReload::refused);
            return;
        }
        try {
            Map<String, RouteDefinition> changes = changes(files);
            if (!changes.isEmpty()) {
                long began = System.nanoTime();
                swap.alone(() -> run(changes));
                LOG.info("Reloaded in {} ms: {}", (System.nanoTime() - began) / 1_000_000,
                        String.join(", ", new TreeSet<>(changes.keySet())));
            }
            sayWhatWaits(files);
            running = files;
        } catch (NotReloaded e) {
            refused(e.getMessage());
        } catch (Exception e) {
            refused(StartFailures.reason(e, saved.files()));
        }
    }

    private static void refused(String fault) {
        LOG.warn("Not reloaded, the routes run as before: {}", fault);
    }

    /** Every route to put in place by its id, and null for those to remove. */
    private Map<String, RouteDefinition> changes(Map<String, RouteFile> files) throws Exception {
        Map<String, JsonNode> before = routes(running);
        Map<String, JsonNode> after = routes(files);
        Map<String, RouteDefinition> changes = new LinkedHashMap<>();
        for (RouteFile file : files.values()) {
            Set<String> edited = new HashSet<>();
            file.below("route").stream().map(route -> route.path("id").asText())
                    .filter(id -> !after.get(id).equals(before.get(id))).forEach(edited::add);
            if (!edited.isEmpty()) {
                changes.putAll(definitions(file, edited));
            }
        }
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(id -> changes.put(id, null));
        return changes;
    }

    /** Camel makes each route from exactly the text that was looked at, and throws what it does not know; nothing runs yet. */
    private Map<String, RouteDefinition> definitions(RouteFile file, Set<String> ids) throws Exception {
        Map<String, RouteDefinition> found = new LinkedHashMap<>();
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (boolean isTrial : new boolean[] {true, false}) {
            for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(ResourceHelper.fromString(
                    "file:" + Path.of(file.path()).toAbsolutePath().normalize(), file.text()))) {
                RouteBuilder routes = (RouteBuilder) builder;
                for (RouteDefinition route : routes.configureRoutes(camel).getRoutes()) {
                    if (ids.contains(route.getRouteId())) {
                        routes.getRouteCollection().prepareRoute(route);
                        requirePolicy(model, file, route);
                        if (isTrial) {
                            model.getModelReifierFactory().createRoute(camel, route);
                        }
                        found.put(route.getRouteId(), route);
                    }
                }
            }
        }
        return found;
    }

    /** Camel would run a route without a policy that it does not know yet. */
    private static void requirePolicy(Model model, RouteFile file, RouteDefinition route) throws NotReloaded {
        for (String name : String.valueOf(route.getRouteConfigurationId()).split(",")) {
            if (!name.equals("null") && !name.contains("*") && model.getRouteConfigurationDefinition(name.trim()) == null) {
                throw new NotReloaded(file.path() + ": the error policy " + name + " is new: start the server again");
            }
        }
    }

    private void run(Map<String, RouteDefinition> changes) throws Exception {
        Deque<Map.Entry<String, RouteDefinition>> former = new ArrayDeque<>();
        try {
            for (Map.Entry<String, RouteDefinition> change : changes.entrySet()) {
                RouteDefinition before = swap.put(change.getKey(), change.getValue());
                former.push(new SimpleEntry<>(change.getKey(), before));
            }
        } catch (Exception e) {
            for (Map.Entry<String, RouteDefinition> one : former) {
                swap.put(one.getKey(), one.getValue());
            }
            throw e;
        } finally {
            custom.forget();
        }
    }

    /** Routes made from templates, and policies, are woven into many routes. */
    private void sayWhatWaits(Map<String, RouteFile> files) {
        Set<String> paths = new TreeSet<>(files.keySet());
        paths.addAll(running.keySet());
        for (String path : paths) {
            if (!later(files.get(path)).equals(later(running.get(path)))) {
                LOG.warn("{}: its templates, their uses and its error policies take effect at the next start", path);
            }
        }
    }

    private static List<JsonNode> later(RouteFile file) {
        List<JsonNode> entries = new ArrayList<>();
        if (file != null) {
            LATER.forEach(kind -> entries.addAll(file.below(kind)));
        }
        return entries;
    }

    private static Map<String, JsonNode> routes(Map<String, RouteFile> files) {
        Map<String, JsonNode> routes = new LinkedHashMap<>();
        files.values().forEach(file -> file.below("route").forEach(route -> routes.put(route.path("id").asText(), route)));
        return routes;
    }

    private static Map<String, RouteFile> byPath(List<RouteFile> files) {
        Map<String, RouteFile> paths = new LinkedHashMap<>();
        files.forEach(file -> paths.put(file.path(), file));
        return paths;
    }

    private static Map<String, String> texts(Map<String, RouteFile> files) {
        Map<String, String> texts = new LinkedHashMap<>();
        files.forEach((path, file) -> texts.put(path, file.text()));
        return texts;
    }
}
