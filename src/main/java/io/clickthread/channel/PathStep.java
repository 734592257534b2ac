package io.clickthread.channel;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One step of a {@link FieldPath}: how it is written, and where it leads. */
interface PathStep {

    String NAME = "[\\p{L}\\p{N}_@:/-]+";
    Pattern NAMED = Pattern.compile("'([^'\\\\]*)'");
    String LITERAL = "'[^'\\\\]*'|\"[^\"\\\\]*\"|-?\\d{1,18}(?:\\.\\d{1,18})?|true|false|null";
    /** Each kind of step has a group of its own. */
    Pattern WRITTEN = Pattern.compile(
            "\\.\\.(?<deep>" + NAME + ")"
            + "|\\.(?<name>" + NAME + ")"
            + "|\\['(?<single>[^'\\\\]*)']|\\[\"(?<twofold>[^\"\\\\]*)\"]"
            + "|\\[(?<names>'[^'\\\\]*'(?:\\s*,\\s*'[^'\\\\]*')+)]"
            + "|\\[(?<index>-?\\d{1,6})]"
            + "|(?<all>\\.\\*|\\[\\*])"
            + "|\\[\\?\\(\\s*@\\.(?<field>" + NAME + ")(?:\\s*(?<operator>==|!=)\\s*(?<literal>" + LITERAL + "))?\\s*\\)]");

    /**
     * Goes it.
     *
     * @param node  where it begins
     * @param found what it leads to is added
     * @param work  what it may cost
     */
    void from(JsonNode node, List<JsonNode> found, FieldPath.Work work);

    /**
     * A step.
     *
     * @param matcher of {@link #WRITTEN}, on a part that fits
     * @return what it does
     */
    static PathStep of(Matcher matcher) {
        if (matcher.group("deep") != null) {
            String name = matcher.group("deep");
            return (node, found, work) -> everywhere(node, name, found, work);
        }
        if (matcher.group("all") != null) {
            return (node, found, work) -> node.forEach(child -> add(child, found, work));
        }
        if (matcher.group("index") != null) {
            int index = Integer.parseInt(matcher.group("index"));
            return (node, found, work) -> add(node instanceof ArrayNode list ? list.path(index < 0 ? list.size() + index : index)
                    : null, found, work);
        }
        if (matcher.group("field") != null) {
            return filter(matcher.group("field"), matcher.group("operator"), matcher.group("literal"));
        }
        if (matcher.group("names") != null) {
            List<String> names = NAMED.matcher(matcher.group("names")).results().map(named -> named.group(1)).toList();
            return (node, found, work) -> names.forEach(each -> add(node.isObject() ? node.get(each) : null, found, work));
        }
        String name = name(matcher);
        return (node, found, work) -> add(node.isObject() ? node.get(name) : null, found, work);
    }

    private static String name(Matcher matcher) {
        return matcher.group("name") != null ? matcher.group("name")
                : matcher.group("single") != null ? matcher.group("single") : matcher.group("twofold");
    }

    /**
     * Where a step leads.
     *
     * @param before where it begins
     * @param matcher how it is written
     * @return the one place, or null if there may be several
     */
    static JsonPointer place(JsonPointer before, Matcher matcher) {
        if (matcher.group("index") != null) {
            int index = Integer.parseInt(matcher.group("index"));
            return index < 0 ? null : before.appendIndex(index);
        }
        String name = name(matcher);
        return name == null ? null : before.appendProperty(name);
    }

    private static PathStep filter(String field, String operator, String literal) {
        return (node, found, work) -> node.forEach(child -> {
            work.look();
            JsonNode value = child.get(field);
            if (operator == null ? value != null : value != null && is(value, literal) == operator.equals("==")) {
                found.add(child);
            }
        });
    }

    private static boolean is(JsonNode value, String literal) {
        if (literal.charAt(0) == '\'' || literal.charAt(0) == '"') {
            return value.isTextual() && value.textValue().contentEquals(literal.substring(1, literal.length() - 1));
        }
        if (value.isNumber()) {
            return value.asText().equals(literal);
        }
        return (value.isBoolean() || value.isNull()) && value.asText().equals(literal);
    }

    /** The node itself, then what is below it; the parser has bounded how deep that is. */
    private static void everywhere(JsonNode node, String name, List<JsonNode> found, FieldPath.Work work) {
        work.look();
        JsonNode here = node.isObject() ? node.get(name) : null;
        if (here != null) {
            found.add(here);
        }
        if (node.isContainerNode()) {
            node.forEach(child -> everywhere(child, name, found, work));
        }
    }

    private static void add(JsonNode node, List<JsonNode> found, FieldPath.Work work) {
        if (node != null && !node.isMissingNode()) {
            work.look();
            found.add(node);
        }
    }
}
