package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML as JSON that remembers in which line each field stands, read by the parser that Camel reads it with. */
final class YamlLines {

    private final Map<JsonNode, Map<String, Integer>> lines = new IdentityHashMap<>();
    private final JsonNode root;

    /**
     * Reads a file.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is no YAML
     */
    YamlLines(String text) {
        this.root = new Compose(LoadSettings.builder().build()).composeString(text)
                .map(this::read).orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    JsonNode root() {
        return root;
    }

    /** The line of a field of an object, or of an element of a list by its index; 0 if there is none. */
    int line(JsonNode owner, String field) {
        return lines.getOrDefault(owner, Map.of()).getOrDefault(field, 0);
    }

    private JsonNode read(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            Map<String, Integer> places = new HashMap<>();
            for (NodeTuple field : mapping.getValue()) {
                String name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
                places.put(name, lineOf(field.getKeyNode()));
                if (object.has(name)) {
                    throw new ParserException("the field " + name + " is there twice", field.getKeyNode().getStartMark());
                }
                object.set(name, read(field.getValueNode()));
            }
            lines.put(object, places);
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            Map<String, Integer> places = new HashMap<>();
            for (Node element : sequence.getValue()) {
                places.put(Integer.toString(array.size()), lineOf(element));
                array.add(read(element));
            }
            lines.put(array, places);
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.NULL)) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
        }
        return tag.equals(Tag.INT) && text.matches("-?\\d{1,18}") ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                : JsonNodeFactory.instance.textNode(text);
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
