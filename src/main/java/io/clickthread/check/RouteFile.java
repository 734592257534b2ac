package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** One file of routes, read as YAML and not yet understood by Camel. */
public final class RouteFile {

    /** How the name of a file ends that is loaded. */
    public static final String SUFFIX = ".camel.yaml";

    private final String path;
    private final String text;
    private final YamlLines yaml;

    private RouteFile(String path, String text, YamlLines yaml) {
        this.path = path;
        this.text = text;
        this.yaml = yaml;
    }

    /** A place in a file at which something stands. */
    @FunctionalInterface
    interface Visitor {

        /** Takes a field of an object: the object, the field's name, its value, and its line. */
        void visit(JsonNode owner, String field, JsonNode value, int line);
    }

    /**
     * Reads a file.
     *
     * @param path   its name for people, for example {@code routes/capture/capture-clicks.camel.yaml}
     * @param text   what is in it
     * @param faults takes why it cannot be read
     * @return the file; null if it is not a list in YAML
     */
    public static RouteFile read(String path, String text, List<Fault> faults) {
        try {
            RouteFile file = new RouteFile(path, text, new YamlLines(text));
            if (file.root().isArray()) {
                return file;
            }
            faults.add(new Fault(path, 1, "this is no list of routes", "begin it with '- route:'"));
        } catch (MarkedYamlEngineException e) {
            faults.add(new Fault(path, e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
                    "this is no YAML (" + e.getProblem() + ")", "mend it at or before this line: indentation, quotes, braces"));
        } catch (YamlEngineException e) {
            faults.add(new Fault(path, 1, "this is no YAML (" + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                    + ")", "mend indentation, quotes and braces"));
        }
        return null;
    }

    /**
     * The file's name for people.
     *
     * @return a path
     */
    public String path() {
        return path;
    }

    /**
     * What is in it.
     *
     * @return the whole text
     */
    public String text() {
        return text;
    }

    /**
     * What YAML makes of it.
     *
     * @return a list
     */
    public JsonNode root() {
        return yaml.root();
    }

    /**
     * The routes, as the YAML below each {@code route}; that of a template with the template's id and description.
     *
     * @return the routes in the order of the file
     */
    public List<JsonNode> routes() {
        List<JsonNode> routes = new ArrayList<>(below("route"));
        for (JsonNode template : below("routeTemplate")) { // a shallow copy: what is below it keeps its lines
            ObjectNode route = JsonNodeFactory.instance.objectNode();
            template.path("route").fields().forEachRemaining(field -> route.set(field.getKey(), field.getValue()));
            routes.add(route.put("id", template.path("id").asText()).put("description", template.path("description").asText()));
        }
        return routes;
    }

    /**
     * All entries of one kind.
     *
     * @param kind for example {@code routeConfiguration}
     * @return the YAML below each
     */
    public List<JsonNode> below(String kind) {
        List<JsonNode> found = new ArrayList<>();
        root().forEach(entry -> {
            if (entry.has(kind)) {
                found.add(entry.get(kind));
            }
        });
        return found;
    }

    /**
     * Leaves out the routes and error policies that do not run, because their precondition is not met: what they name need not
     * be there.
     *
     * @param isMet whether a precondition, such as <code>{{clickthread.simulator.enabled}}</code>, is met
     */
    public void leaveOut(Predicate<String> isMet) {
        for (var entries = root().elements(); entries.hasNext();) {
            JsonNode entry = entries.next();
            for (String kind : List.of("route", "routeConfiguration")) {
                String precondition = entry.path(kind).path("precondition").asText("");
                if (!precondition.isEmpty() && !isMet.test(precondition)) {
                    entries.remove();
                }
            }
        }
    }

    /** Shows every field of every object in the file. */
    void each(Visitor visitor) {
        walk(root(), visitor);
    }

    /** The line of a field or an element; that of the whole if it has none. */
    int line(JsonNode owner, String field) {
        return yaml.line(owner, field);
    }

    /** A fault at a line of this file. */
    Fault fault(int line, String what, String instead) {
        return new Fault(path, line, what, instead);
    }

    private void walk(JsonNode node, Visitor visitor) {
        node.fields().forEachRemaining(field ->
                visitor.visit(node, field.getKey(), field.getValue(), line(node, field.getKey())));
        node.forEach(child -> walk(child, visitor));
    }
}
