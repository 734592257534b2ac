package io.clickthread.webhook.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.support.Server;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Puts an intact ad message where a provider's next version may have it: in an envelope, under another key, in lists of lists,
 * written as a text, in an event of a new name, beside another message. The ad itself keeps its names. Whatever comes out is
 * to be captured or quarantined, never neither.
 */
public final class Nesting {

    /** The fields that hold an ad as it is; what is around them may change. */
    private static final List<String> ADS = List.of("referral", "contextInfo", "ctwaContext", "ad");
    private static final List<String> NAMES = List.of("data", "payload", "event_data", "body", "value", "detail", "Message", "item",
            "records", "entry", "messages", "message", "results", "x9", "meta", "content", "0", "", "naïve key", "waMessage", "changes",
            "whatsapp", "statuses", "conversation", "sender", "context", "after", "extra");
    private static final List<String> TEXTS = List.of("payload", "data", "Message", "raw", "metadata", "record");
    private static final List<String> EVENTS = List.of("event", "type", "EventType", "eventType", "field", "message_type", "channel",
            "integrationType", "object", "namespace", "direction_of_message");
    private static final List<String> NEW_EVENTS = List.of("message.v3", "MESSAGE_V9", "messages.edited", "message_of_a_new_kind",
            "inbound", "chats.update", "contacts.upsert", "standby2", "Receipt", "presence.update", "x9");

    private final Random random;

    /** All that it does is decided by {@code random}. */
    public Nesting(Random random) {
        this.random = random;
    }

    /** Changes a webhook around its ad, in one to four ways. */
    public JsonNode nest(JsonNode webhook) {
        JsonNode tree = webhook;
        for (int i = random.nextInt(4); i >= 0; i--) {
            tree = once(tree);
        }
        return tree;
    }

    /** The same of a form: any field but those of the ad is lost, renamed or has another value. */
    public String nestForm(String form, String ad) {
        List<String> fields = new ArrayList<>(Arrays.asList(form.split("&")));
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(fields.size());
            String[] field = fields.get(at).split("=", 2);
            if (!field[0].startsWith(ad)) {
                switch (random.nextInt(3)) {
                    case 0 -> fields.remove(at);
                    case 1 -> fields.set(at, "New" + field[0] + "=" + field[1]);
                    default -> fields.set(at, field[0] + "="
                            + URLEncoder.encode(Hostile.value(random).replace("\"", ""), StandardCharsets.UTF_8));
                }
            }
        }
        Collections.shuffle(fields, random);
        return String.join("&", fields);
    }

    private JsonNode once(JsonNode tree) {
        List<Step> way = new ArrayList<>();
        find(tree, way);
        return switch (random.nextInt(8)) {
            case 0 -> around(tree);
            case 1 -> Server.JSON.createObjectNode().put(pick(TEXTS), tree.toString());
            case 2 -> renamed(tree, way);
            case 3 -> wrapped(tree, way);
            case 4 -> moved(tree, way);
            case 5 -> beside(tree, way);
            default -> ofANewEvent(tree);
        };
    }

    private JsonNode around(JsonNode tree) {
        return switch (random.nextInt(4)) {
            case 0 -> Server.JSON.createArrayNode().add(tree);
            case 1 -> Server.JSON.createArrayNode().add(Server.JSON.createArrayNode().add(tree));
            case 2 -> Server.JSON.createObjectNode().put("version", 9).set(pick(NAMES), tree);
            default -> Server.JSON.createObjectNode().put("event", pick(NEW_EVENTS)).put("session", "s")
                    .set(pick(NAMES), Server.JSON.createArrayNode().add(tree));
        };
    }

    /** A container on the way to the ad under another key. */
    private JsonNode renamed(JsonNode tree, List<Step> way) {
        List<Step> named = way.subList(0, Math.max(0, way.size() - 1)).stream().filter(step -> step.parent.isObject()).toList();
        if (!named.isEmpty()) {
            Step step = named.get(random.nextInt(named.size()));
            ((ObjectNode) step.parent).set(free(step.parent), ((ObjectNode) step.parent).remove(step.name));
        }
        return tree;
    }

    /** A container on the way to the ad inside another one. */
    private JsonNode wrapped(JsonNode tree, List<Step> way) {
        if (way.size() > 1) {
            Step step = way.get(random.nextInt(way.size() - 1));
            JsonNode inner = step.get();
            step.set(random.nextBoolean() ? Server.JSON.createArrayNode().add(inner)
                    : Server.JSON.createObjectNode().set(pick(NAMES), inner));
        }
        return tree;
    }

    /** The ad, or a container on the way to it, somewhere else. */
    private JsonNode moved(JsonNode tree, List<Step> way) {
        if (way.isEmpty()) {
            return tree;
        }
        Step step = way.get(random.nextInt(way.size()));
        JsonNode part = step.get();
        step.remove();
        List<JsonNode> places = new ArrayList<>();
        places(tree, places);
        places.removeIf(place -> place == part);
        if (places.isEmpty()) {
            return Server.JSON.createArrayNode().add(Server.JSON.createObjectNode().set(step.key(), part));
        }
        JsonNode place = places.get(random.nextInt(places.size()));
        JsonNode kept = Server.JSON.createObjectNode().set(step.key(), part);
        if (place instanceof ArrayNode list) {
            list.add(random.nextBoolean() ? kept : Server.JSON.createArrayNode().add(kept));
        } else {
            ((ObjectNode) place).set(free(place), kept);
        }
        return tree;
    }

    /** The message in a list with an organic copy of it, or the copy in its place and the message within the copy. */
    private JsonNode beside(JsonNode tree, List<Step> way) {
        if (way.size() < 2) {
            return tree;
        }
        Step step = way.get(random.nextInt(way.size() - 1));
        JsonNode copy = withoutAds(step.get().deepCopy());
        if (step.parent instanceof ArrayNode list) {
            list.insert(0, copy);
        } else if (copy instanceof ObjectNode object) {
            JsonNode message = step.get();
            step.set(object);
            object.set(free(object), random.nextBoolean() ? message : Server.JSON.createArrayNode().add(message));
        }
        return tree;
    }

    private JsonNode ofANewEvent(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            List<String> names = EVENTS.stream().filter(name -> object.path(name).isTextual()).toList();
            String name = names.isEmpty() ? pick(EVENTS) : names.get(random.nextInt(names.size()));
            if (!object.path(name).isContainerNode()) {
                object.put(name, pick(NEW_EVENTS));
            }
        }
        return tree;
    }

    /** The way to the ad: the last step is the ad itself. */
    private static boolean find(JsonNode node, List<Step> way) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                way.add(new Step(object, field.getKey(), 0));
                if (ADS.contains(field.getKey()) && field.getValue().isObject() || find(field.getValue(), way)) {
                    return true;
                }
                way.remove(way.size() - 1);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                way.add(new Step(list, null, i));
                if (find(list.get(i), way)) {
                    return true;
                }
                way.remove(way.size() - 1);
            }
        }
        return false;
    }

    private static JsonNode withoutAds(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(ADS);
        }
        node.forEach(Nesting::withoutAds);
        return node;
    }

    /** Where something else may be put: not into the ad, which is to stay as it is. */
    private static void places(JsonNode node, List<JsonNode> into) {
        if (node.isContainerNode()) {
            into.add(node);
        }
        node.properties().stream().filter(field -> !ADS.contains(field.getKey())).forEach(field -> places(field.getValue(), into));
        if (node.isArray()) {
            node.forEach(child -> places(child, into));
        }
    }

    private String free(JsonNode object) {
        String name = pick(NAMES);
        return object.has(name) ? name + random.nextInt(1_000_000) : name;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** One step from a container to what is in it. */
    private record Step(JsonNode parent, String name, int index) {

        JsonNode get() {
            return name != null ? parent.get(name) : parent.get(index);
        }

        String key() {
            return name != null ? name : "item";
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(name, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(name);
            } else {
                ((ArrayNode) parent).remove(index);
            }
        }
    }
}
