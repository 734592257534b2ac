package io.clickthread.channel;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Where a generic channel's field is: the part of JSONPath that needs no more time than the webhook is long. There are
 * names, several in {@code ['a','b']}, positions, {@code *}, one {@code ..name} and {@code [?(@.name == value)]}, but no
 * functions, regular expressions or filters within filters, with which a path of a few characters holds a worker for minutes.
 */
public final class FieldPath {

    /** The longest path. */
    public static final int LONGEST = 500;

    private static final int MOST_STEPS = 20;

    private final boolean fromRoot;
    private final List<PathStep> steps;
    private final JsonPointer place;

    private FieldPath(boolean fromRoot, List<PathStep> steps, JsonPointer place) {
        this.fromRoot = fromRoot;
        this.steps = steps;
        this.place = place;
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

        void look() {
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
        List<PathStep> steps = new ArrayList<>();
        boolean deep = false;
        JsonPointer place = JsonPointer.empty();
        Matcher matcher = PathStep.WRITTEN.matcher(rest);
        for (int at = 0; at < rest.length(); at = matcher.end()) {
            if (!matcher.region(at, rest.length()).lookingAt()) {
                throw new IllegalArgumentException("A path is made of names, positions, *, one ..name and "
                        + "[?(@.name == 'value')], such as $.events[0].from; there are no functions or other filters.");
            }
            if (deep && matcher.group("deep") != null) {
                throw new IllegalArgumentException("A path has no more than one '..'.");
            }
            deep |= matcher.group("deep") != null;
            steps.add(PathStep.of(matcher));
            place = place == null ? null : PathStep.place(place, matcher);
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
        for (PathStep step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode each : found) {
                work.look();
                step.from(each, next, work);
            }
            found = next;
        }
        return found;
    }
}
