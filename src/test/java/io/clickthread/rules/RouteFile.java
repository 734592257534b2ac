package io.clickthread.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.check.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One file of {@code routes/}, with what the rules of the house ask for beside what every start asks for.
 *
 * @param path below {@code routes/}, for example {@code ingest/quarantine-webhook.camel.yaml}
 * @param read the file as a start reads it
 */
record RouteFile(String path, io.clickthread.check.RouteFile read) {

    static final String SUFFIX = io.clickthread.check.RouteFile.SUFFIX;

    /** An endpoint that a route calls or starts from, with its options. */
    record Endpoint(String uri, Map<String, String> parameters, boolean isStart) {

        boolean has(String scheme) {
            return uri.startsWith(scheme + ":");
        }

        String path() {
            return uri.substring(uri.indexOf(':') + 1);
        }
    }

    static RouteFile of(String path, String text) {
        List<Fault> faults = new ArrayList<>();
        io.clickthread.check.RouteFile read = io.clickthread.check.RouteFile.read("routes/" + path, text, faults);
        assertThat(faults).isEmpty();
        return new RouteFile(path, read);
    }

    String text() {
        return read.text();
    }

    JsonNode root() {
        return read.root();
    }

    /** The file's name without its ending. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1).replace(SUFFIX, "");
    }

    boolean isIn(String folder) {
        return path.startsWith(folder + "/");
    }

    /** The routes, and those of templates with the template's id and description. */
    List<JsonNode> routes() {
        return read.routes();
    }

    /** The uses of templates, as the YAML below each {@code templatedRoute}, with {@code routeId} as the id. */
    List<JsonNode> templated() {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode use : read.below("templatedRoute")) {
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
        return read.below("routeConfiguration");
    }

    /** The names of all steps, nested ones too. */
    List<String> stepNames() {
        List<String> names = new ArrayList<>();
        eachStep((name, step) -> names.add(name));
        return names;
    }

    /** All steps of one kind, nested ones too. */
    List<JsonNode> steps(String kind) {
        List<JsonNode> steps = new ArrayList<>();
        eachStep((name, step) -> {
            if (name.equals(kind)) {
                steps.add(step);
            }
        });
        return steps;
    }

    List<Endpoint> endpoints() {
        List<Endpoint> found = new ArrayList<>();
        routes().forEach(route -> found.add(endpoint(route.path("from"), true)));
        eachStep((name, step) -> {
            if (name.equals("to") || name.equals("toD") || name.equals("wireTap")) {
                found.add(endpoint(step, false));
            } else if (name.equals("enrich")) {
                found.add(new Endpoint(step.at("/constant/expression").asText(step.path("constant").asText()), Map.of(), false));
            }
        });
        root().findValuesAsText("deadLetterUri").forEach(uri -> found.add(new Endpoint(uri, Map.of(), false)));
        return found;
    }

    private void eachStep(BiConsumer<String, JsonNode> visitor) {
        walk(root(), visitor);
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
