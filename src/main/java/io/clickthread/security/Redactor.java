package io.clickthread.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes secrets out of what others wrote, before it is stored, shown or logged: Meta quotes an access token that it cannot
 * read in its refusal. A quotation may be cut short, so a text that begins as a secret does is taken for it, and so is
 * anything of the form of Meta's tokens.
 */
public final class Redactor {

    /** What stands in a secret's place. */
    public static final String INSTEAD = "[secret]";

    private static final String OF_META = "\\bEAA[A-Za-z0-9]{20,}";
    private static final int ENOUGH = 8; // characters by which a secret is known

    private final Pattern secrets;

    /**
     * For the secrets of one call.
     *
     * @param known in clear; null and those of less than 8 characters are passed over: they would be found in anything
     */
    public Redactor(Collection<String> known) {
        this.secrets = Pattern.compile(Stream.concat(Stream.of(OF_META), known.stream()
                .filter(secret -> secret != null && secret.strip().length() >= ENOUGH)
                .map(secret -> Pattern.quote(secret.strip().substring(0, ENOUGH)) + "[\\w.|~+/=-]*"))
                .collect(Collectors.joining("|")));
    }

    /**
     * Redacts a text.
     *
     * @param text what somebody wrote; may be null
     * @return the same without secrets
     */
    public String text(String text) {
        if (text == null) {
            return null;
        }
        Matcher found = secrets.matcher(text);
        return found.find() ? found.replaceAll(Matcher.quoteReplacement(INSTEAD)) : text;
    }

    /**
     * Redacts all texts and names of a tree.
     *
     * @param tree what was parsed
     * @return the same tree if there is nothing to take out, else a copy
     */
    public JsonNode tree(JsonNode tree) {
        return hasSecrets(tree) ? copy(tree) : tree;
    }

    private boolean hasSecrets(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object.properties().stream()
                    .anyMatch(field -> secrets.matcher(field.getKey()).find() || hasSecrets(field.getValue()));
        }
        if (node instanceof ArrayNode list) {
            return list.valueStream().anyMatch(this::hasSecrets);
        }
        return node.isTextual() && secrets.matcher(node.textValue()).find();
    }

    private JsonNode copy(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.fields().forEachRemaining(field -> copy.set(text(field.getKey()), copy(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            list.forEach(child -> copy.add(copy(child)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(text(node.textValue())) : node;
    }
}
