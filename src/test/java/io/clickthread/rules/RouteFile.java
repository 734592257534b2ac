package io.clickthread.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One file of {@code routes/}, read as YAML, with what the rules ask for.
 *
 * @param path below {@code routes/}, for example {@code ingest/quarantine-webhook.camel.yaml}
 * @param text the file
 * @param root its YAML: a list
 */
record RouteFile(String path, String text, JsonNode root) {

    static final String SUFFIX = ".camel.yaml";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** An endpoint that a route calls or starts from, with its options. */
    record Endpoint(String uri, Map<String, String> parameters, boolean isStart) {

        boolean has(String scheme) {
            return uri.startsWith(scheme + ":");
        }

        String path() {
            return uri.substring(uri.indexOf(':') + 1);
        }
    }

    /** A step that calls a bean: {@code bean} or {@code process}. */
    record BeanCall(String step, String ref, String method) {
    }

    static RouteFile of(String path, String text) {
        try {
            return new RouteFile(path, text, YAML.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /** The file's name without its ending. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1).replace(SUFFIX, "");
    }

    boolean isIn(String folder) {
        return path.startsWith(folder + "/");
    }

    /** The routes, as the YAML below each {@code route}; that of a template with the template's id and description. */
    List<JsonNode> routes() {
        List<JsonNode> routes = below("route");
        for (JsonNode template : below("routeTemplate")) {
            com.fasterxml.jackson.databind.node.ObjectNode route = template.path("route").deepCopy();
            routes.add(route.put("id", template.path("id").asText()).put("description", template.path("description").asText()));
        }
        return routes;
    }

    /** The uses of templates, as the YAML below each {@code templatedRoute}, with {@code routeId} as the id. */
    List<JsonNode> templated() {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode use : below("templatedRoute")) {
            com.fasterxml.jackson.databind.node.ObjectNode copy = use.deepCopy();
            found.add(copy.put("id", use.path("routeId").asText()));
        }
        return found;
    }

    /** Everything that has an id. */
    List<JsonNode> entries() {
        List<JsonNode> all = new ArrayList<>(routes());
        all.addAll(configurations());
        all.addAll(templated());
        return all;
    }

    /** The error policies, as the YAML below each {@code routeConfiguration}. */
    List<JsonNode> configurations() {
        return below("routeConfiguration");
    }

    private List<JsonNode> below(String kind) {
        List<JsonNode> found = new ArrayList<>();
        root.forEach(entry -> {
            if (entry.has(kind)) {
                found.add(entry.get(kind));
            }
        });
        return found;
    }

    /** The names of all steps, nested ones too. */
    List<String> stepNames() {
        List<String> names = new ArrayList<>();
        eachStep((name, step) -> names.add(name));
        return names;
    }

    List<Endpoint> endpoints() {
        List<Endpoint> found = new ArrayList<>();
        routes().forEach(route -> found.add(endpoint(route.path("from"), true)));
        eachStep((name, step) -> {
            if (name.equals("to") || name.equals("toD") || name.equals("wireTap")) {
                found.add(endpoint(step, false));
            }
        });
        return found;
    }

    List<BeanCall> beanCalls() {
        List<BeanCall> found = new ArrayList<>();
        eachStep((name, step) -> {
            if (name.equals("bean") || name.equals("process")) {
                found.add(new BeanCall(name, step.path("ref").asText(""), step.path("method").asText("")));
            }
        });
        return found;
    }

    private void eachStep(BiConsumer<String, JsonNode> visitor) {
        walk(root, visitor);
    }

    /** A step is the one field of each entry of any list called {@code steps}. */
    private static void walk(JsonNode node, BiConsumer<String, JsonNode> visitor) {
        node.path("steps").forEach(step ->
                step.fields().forEachRemaining(field -> visitor.accept(field.getKey(), field.getValue())));
        node.forEach(child -> walk(child, visitor));
    }

    private static Endpoint endpoint(JsonNode node, boolean isStart) {
        Map<String, String> parameters = new java.util.LinkedHashMap<>();
        node.path("parameters").fields()
                .forEachRemaining(field -> parameters.put(field.getKey(), field.getValue().asText()));
        return new Endpoint(node.isTextual() ? node.asText() : node.path("uri").asText(), parameters, isStart);
    }
}
