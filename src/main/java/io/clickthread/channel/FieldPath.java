package io.clickthread.channel;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a generic channel's field is: the part of JSONPath that needs no more time than the webhook is long. There are
 * names, several in {@code ['a','b']}, positions, {@code *}, one {@code ..name} and {@code [?(@.name == value)]}, but no
 * functions, regular expressions or filters within filters, with which a path of a few characters holds a worker for minutes.
 */
public final class FieldPath {

    /** The longest path. */
    public static final int LONGEST = 500;

    private static final int MOST_STEPS = 20;
    private static final String NAME = "[\\p{L}\\p{N}_@:/-]+";
    private static final Pattern NAMED = Pattern.compile("'([^'\\\\]*)'");
    private static final String LITERAL = "'[^'\\\\]*'|\"[^\"\\\\]*\"|-?\\d{1,18}(?:\\.\\d{1,18})?|true|false|null";
    private static final Pattern STEP = Pattern.compile(
            "\\.\\.(?<deep>" + NAME + ")"
            + "|\\.(?<name>" + NAME + ")"
            + "|\\['(?<single>[^'\\\\]*)']|\\[\"(?<twofold>[^\"\\\\]*)\"]"
            + "|\\[(?<names>'[^'\\\\]*'(?:\\s*,\\s*'[^'\\\\]*')+)]"
            + "|\\[(?<index>-?\\d{1,6})]"
            + "|(?<all>\\.\\*|\\[\\*])"
            + "|\\[\\?\\(\\s*@\\.(?<field>" + NAME + ")(?:\\s*(?<operator>==|!=)\\s*(?<literal>" + LITERAL + "))?\\s*\\)]");

    private final boolean fromRoot;
    private final List<Step> steps;
    private final JsonPointer place;

    private FieldPath(boolean fromRoot, List<Step> steps, JsonPointer place) {
        this.fromRoot = fromRoot;
        this.steps = steps;
        this.place = place;
    }

    /** Adds to {@code found} what one step leads to. */
    private interface Step {
        void from(JsonNode node, List<JsonNode> found, Work work);
    }

    /** How many nodes may still be looked at, for all paths of one webhook together. */
    public static final class Work {
        private long left;

        /**
         * Work for one webhook.
         *
         * @param nodes how many nodes may be looked at
         */
        public Work(long nodes) {
            this.left = nodes;
        }

        private void look() {
            if (--left < 0) {
                throw new TooMuch();
            }
        }
    }

    /** A webhook for which the paths of its channel are too much work. */
    public static final class TooMuch extends RuntimeException {
        private TooMuch() {
            super("Following the channel's config.paths takes too long in it.", null, false, false);
        }
    }

    /**
     * Reads a path.
     *
     * @param path {@code $.a[0]['b c'].*}, {@code a.b} for {@code $.a.b}, or {@code $$.a}: from the root of the webhook
     * @return the path
     * @throws IllegalArgumentException with a sentence for anything else
     */
    public static FieldPath of(String path) {
        if (path.length() > LONGEST) {
            throw new IllegalArgumentException("A path has no more than " + LONGEST + " characters.");
        }
        boolean fromRoot = path.startsWith("$$");
        String rest = fromRoot ? path.substring(2) : path.startsWith("$") ? path.substring(1)
                : path.startsWith("[") ? path : "." + path;
        List<Step> steps = new ArrayList<>();
        boolean deep = false;
        JsonPointer place = JsonPointer.empty();
        Matcher matcher = STEP.matcher(rest);
        for (int at = 0; at < rest.length(); at = matcher.end()) {
            if (!matcher.region(at, rest.length()).lookingAt()) {
                throw new IllegalArgumentException("A path is made of names, positions, *, one ..name and "
                        + "[?(@.name == 'value')], such as $.events[0].from; there are no functions or other filters.");
            }
            if (deep && matcher.group("deep") != null) {
                throw new IllegalArgumentException("A path has no more than one '..'.");
            }
            deep |= matcher.group("deep") != null;
            steps.add(step(matcher));
            place = place == null ? null : place(place, matcher);
        }
        if (steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("A path has no more than " + MOST_STEPS + " steps.");
        }
        return new FieldPath(fromRoot, List.copyOf(steps), place);
    }

    /**
     * Whether all paths of a channel are ones that this class reads; a channel may have been made before it had rules.
     *
     * @param paths of its config, or null
     * @return true if so
     */
    static boolean canBeFollowed(Map<String, String> paths) {
        try {
            if (paths != null) {
                paths.values().forEach(FieldPath::of);
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Whether it begins at the root of the webhook, and not at a message.
     *
     * @return true for {@code $$}
     */
    public boolean isFromRoot() {
        return fromRoot;
    }

    /**
     * The one place that it leads to, from where it begins.
     *
     * @return the place, or null if it may lead to several
     */
    public JsonPointer place() {
        return place;
    }

    /**
     * Follows it.
     *
     * @param node where it begins
     * @param work what it may cost
     * @return what it leads to, in the webhook's order; empty for nothing
     * @throws TooMuch if there is no work left
     */
    public List<JsonNode> find(JsonNode node, Work work) {
        List<JsonNode> found = List.of(node);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode each : found) {
                work.look();
                step.from(each, next, work);
            }
            found = next;
        }
        return found;
    }

    private static Step step(Matcher matcher) {
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

    private static JsonPointer place(JsonPointer before, Matcher matcher) {
        if (matcher.group("index") != null) {
            int index = Integer.parseInt(matcher.group("index"));
            return index < 0 ? null : before.appendIndex(index);
        }
        String name = name(matcher);
        return name == null ? null : before.appendProperty(name);
    }

    private static Step filter(String field, String operator, String literal) {
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
    private static void everywhere(JsonNode node, String name, List<JsonNode> found, Work work) {
        work.look();
        JsonNode here = node.isObject() ? node.get(name) : null;
        if (here != null) {
            found.add(here);
        }
        if (node.isContainerNode()) {
            node.forEach(child -> everywhere(child, name, found, work));
        }
    }

    private static void add(JsonNode node, List<JsonNode> found, Work work) {
        if (node != null && !node.isMissingNode()) {
            work.look();
            found.add(node);
        }
    }
}
