package io.clickthread.simulator;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.channel.Channel;
import io.clickthread.channel.FieldPath;
import io.clickthread.channel.Provider;
import io.clickthread.http.Problem;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The webhooks of whoever a generic channel describes: JSON with each field at the place where {@code config.paths} says
 * it is read. A path that may lead to several places cannot be written along.
 */
@Component
@Profile("local")
class GenericClicks implements ProviderClicks {

    private static final int LONGEST_LIST = 99; // that a webhook is filled up to
    private static final String OF_BODY = "$$";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.GENERIC);
    }

    @Override
    public Known known() {
        return Known.USER_ID;
    }

    @Override
    public boolean takesMany(Channel channel) {
        Map<String, String> paths = channel.config().paths();
        return paths.containsKey("messages") && paths.values().stream().noneMatch(path -> path.startsWith(OF_BODY));
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        Map<String, String> paths = channel.config().paths();
        JsonPointer list = !paths.containsKey("messages") ? null
                : pointer("messages", paths.get("messages").replaceFirst("(?:\\[\\*]|\\.\\*)$", ""));
        ContainerNode<?> root = list != null && list.matches() ? NODES.arrayNode() : NODES.objectNode();
        for (Person person : people) {
            ObjectNode message = list == null ? (ObjectNode) root : NODES.objectNode();
            if (list != null) {
                (list.matches() ? (ArrayNode) root : root.withArray(list)).add(message);
            }
            values(order, person, now).forEach((field, value) -> {
                String path = paths.get(field);
                if (path != null) {
                    boolean ofBody = path.startsWith(OF_BODY);
                    put(field, ofBody ? root : message, pointer(field, ofBody ? path.substring(1) : path), value);
                }
            });
        }
        return root;
    }

    private static Map<String, Object> values(ClickOrder order, Person person, Instant now) {
        Map<String, Object> values = Fields.of("contact", person.phone() == null ? person.userId() : "+" + person.phone(),
                "name", order.name(), "messageId", person.messageId(), "timestamp", now.getEpochSecond());
        if (order.referral()) {
            values.putAll(Fields.of("clickId", person.clickId(), "sourceId", order.adId(), "sourceUrl", order.sourceUrl(),
                    "sourceType", "ad", "headline", order.headline(), "body", ClickOrder.BODY, "mediaType", "image"));
        }
        return values;
    }

    private static void put(String field, ContainerNode<?> into, JsonPointer place, Object value) {
        JsonNode node = value instanceof Long number ? NODES.numberNode(number) : NODES.textNode(value.toString());
        try {
            if (place.matches()) { // a value is no webhook
                throw unwritable(field);
            }
            if (!into.at(place).isMissingNode() && !into.at(place).isNull()) {
                throw unwritable(field);
            }
            if (place.last().mayMatchElement()) {
                ArrayNode list = into.withArray(place.head());
                while (list.size() <= place.last().getMatchingIndex()) {
                    list.addNull();
                }
                list.set(place.last().getMatchingIndex(), node);
            } else {
                into.withObject(place.head()).set(place.last().getMatchingProperty(), node);
            }
        } catch (UnsupportedOperationException e) { // a value is where the path goes on
            throw unwritable(field);
        }
    }

    private static JsonPointer pointer(String field, String path) {
        JsonPointer place;
        try {
            place = FieldPath.of(path).place();
        } catch (IllegalArgumentException e) { // stored before paths had rules
            throw unwritable(field);
        }
        for (JsonPointer step = place; step != null && !step.matches(); step = step.tail()) {
            if (step.getMatchingIndex() > LONGEST_LIST) {
                throw unwritable(field);
            }
        }
        if (place == null) {
            throw unwritable(field);
        }
        return place;
    }

    private static Problem unwritable(String field) {
        return Problem.unprocessable("path_not_definite", "The simulator cannot write a webhook along config.paths." + field
                + " of this channel: it needs paths that lead to one place each, such as $.message.from or $.items[0].id.");
    }
}
