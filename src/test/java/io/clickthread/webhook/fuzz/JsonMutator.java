package io.clickthread.webhook.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.clickthread.support.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes JSON where it matters: at the fields that it has, with values and parts of other providers' webhooks. */
final class JsonMutator {

    private static final Pattern MARK = Pattern.compile("\"@raw(\\d+)@\"");

    private final Random random;
    private final List<Sample> donors;
    private final List<String> strangers;
    private final List<String> raw = new ArrayList<>();

    /**
     * One webhook's.
     *
     * @param random    decides everything
     * @param donors    webhooks to take parts of
     * @param strangers keys of another account, which must not be reached
     */
    JsonMutator(Random random, List<Sample> donors, List<String> strangers) {
        this.random = random;
        this.donors = donors;
        this.strangers = strangers;
    }

    /** Changes a tree in one to five places; {@code wild} allows what is no JSON. What comes out is to be {@link #written}. */
    JsonNode mutate(JsonNode tree, boolean wild) {
        ArrayNode root = Server.JSON.createArrayNode().add(tree);
        for (int i = random.nextInt(5); i >= 0; i--) {
            List<Place> places = new ArrayList<>();
            collect(root, places, 0);
            if (places.isEmpty()) {
                break;
            }
            change(places.get(random.nextInt(places.size())), places, wild);
        }
        return root.isEmpty() ? Server.JSON.nullNode() : root.get(0);
    }

    /** The JSON as text, with raw values in their places. */
    String written(JsonNode tree) {
        return MARK.matcher(tree.toString())
                .replaceAll(mark -> Matcher.quoteReplacement(raw.get(Integer.parseInt(mark.group(1)))));
    }

    private void change(Place place, List<Place> places, boolean wild) {
        switch (random.nextInt(10)) {
            case 0 -> place.remove();
            case 1 -> place.repeat(random.nextInt(20) == 0 ? 40 : 1 + random.nextInt(3));
            case 2 -> place.rename(places.get(random.nextInt(places.size())).name());
            case 3 -> place.set(places.get(random.nextInt(places.size())).get().deepCopy());
            case 4 -> place.set(Server.JSON.createArrayNode().add(place.get()));
            case 5 -> place.set(Server.JSON.createObjectNode().set(random.nextBoolean() ? "contextInfo" : "referral", place.get()));
            case 6 -> place.set(donated());
            case 7 -> place.set(TextNode.valueOf(place.get().asText() + Hostile.value(random)));
            default -> place.set(mark(wild ? Hostile.wildValue(random) : strangers.isEmpty() || random.nextInt(20) > 0
                    ? Hostile.value(random) : '"' + strangers.get(random.nextInt(strangers.size())) + '"'));
        }
    }

    private JsonNode mark(String value) {
        raw.add(value);
        return TextNode.valueOf("@raw" + (raw.size() - 1) + "@");
    }

    /** Some part of some provider's webhook. */
    private JsonNode donated() {
        Sample donor = donors.get(random.nextInt(donors.size()));
        if (donor.isForm()) {
            return TextNode.valueOf(donor.text());
        }
        ArrayNode root = Server.JSON.createArrayNode().add(donor.json("1", "donated"));
        List<Place> places = new ArrayList<>();
        collect(root, places, 0);
        return places.get(random.nextInt(places.size())).get();
    }

    private static void collect(JsonNode node, List<Place> into, int depth) {
        if (depth > 60) { // deeper than any reader looks
            return;
        }
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> into.add(new Place(object, name, 0)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < Math.min(array.size(), 20); i++) {
                into.add(new Place(array, null, i));
            }
        }
        node.forEach(child -> collect(child, into, depth + 1));
    }

    /** A field of an object, or an element of an array; the tree may have changed since it was found. */
    private record Place(JsonNode parent, String name, int index) {

        JsonNode get() {
            JsonNode node = name != null ? parent.path(name) : parent.path(index);
            return node.isMissingNode() ? Server.JSON.nullNode() : node;
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(name, value);
            } else if (index < parent.size()) {
                ((ArrayNode) parent).set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(name);
            } else if (index < parent.size()) {
                ((ArrayNode) parent).remove(index);
            }
        }

        void repeat(int times) {
            for (int i = 0; i < times; i++) {
                if (parent instanceof ObjectNode object) {
                    object.set(name + i, get().deepCopy());
                } else {
                    ((ArrayNode) parent).add(get().deepCopy());
                }
            }
        }

        void rename(String other) {
            if (parent instanceof ObjectNode object && other != null && object.has(name)) {
                object.set(other, object.remove(name));
            }
        }
    }
}
