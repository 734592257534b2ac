package io.clickthread.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.clickthread.support.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code docs/openapi.yaml}, read: its operations, and whether an answer fits what they say. */
final class OpenApi {

    private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** With the schemas where JSON Schema, which has no word for "components", wants them. */
    private final JsonNode root =
            Project.parse(Project.text("docs/openapi.yaml").replace("#/components/schemas/", "#/$defs/"));

    /** {@code "GET /path"} and its operation. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new LinkedHashMap<>();
        root.path("paths").fields().forEachRemaining(path -> METHODS.stream().filter(path.getValue()::has).forEach(
                method -> operations.put(method.toUpperCase() + " " + path.getKey(), path.getValue().get(method))));
        return operations;
    }

    /** {@code "GET /path 200"} for every documented answer. */
    Set<String> answers() {
        Set<String> answers = new TreeSet<>();
        operations().forEach((name, operation) -> operation.path("responses").fieldNames()
                .forEachRemaining(status -> answers.add(name + " " + status)));
        return answers;
    }

    /** What of an answer is not as documented; empty if all is well. */
    List<String> faults(String operation, Server.Reply reply) {
        JsonNode response = resolve(operations().get(operation).path("responses").path("" + reply.status()));
        if (response.isMissingNode()) {
            return List.of(operation + " " + reply.status() + " is not documented: " + reply.body());
        }
        String type = response.path("content").fieldNames().next();
        List<String> faults = new ArrayList<>();
        if (!reply.header("Content-Type").startsWith(type)) {
            faults.add("Content-Type is " + reply.header("Content-Type"));
        }
        JsonNode body = type.startsWith("text/") ? TextNode.valueOf(reply.body()) : reply.json();
        faults.addAll(faults(response.at("/content").path(type).path("schema"), body));
        return faults;
    }

    /** What breaks the schemas among the examples of requests and answers. */
    List<String> faultsOfExamples() {
        List<String> faults = new ArrayList<>();
        operations().forEach((name, operation) -> {
            check(name, operation.path("requestBody"), faults);
            operation.path("responses").forEach(response -> check(name, resolve(response), faults));
        });
        return faults;
    }

    private void check(String name, JsonNode described, List<String> faults) {
        described.path("content").forEach(content -> {
            List<JsonNode> examples = new ArrayList<>();
            content.path("examples").forEach(example -> examples.add(example.path("value")));
            if (content.has("example")) {
                examples.add(content.get("example"));
            }
            examples.forEach(example -> faults(content.path("schema"), example)
                    .forEach(fault -> faults.add(name + ": " + fault)));
        });
    }

    private List<String> faults(JsonNode schema, JsonNode body) {
        ObjectNode whole = Server.JSON.createObjectNode();
        whole.set("$defs", root.at("/components/schemas"));
        whole.putArray("allOf").add(schema);
        return SCHEMAS.getSchema(whole).validate(body).stream().map(Object::toString).toList();
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }
}
