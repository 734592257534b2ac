package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Channel;
import io.clickthread.channel.FieldPath;
import io.clickthread.channel.Provider;
import io.clickthread.contact.Alias;
import io.clickthread.contact.Identities;
import io.clickthread.contact.Phones;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads any provider's JSON along the paths of its channel ({@link FieldPath}). {@code messages} leads to the
 * messages from the root, the others from a message, or from the root if they begin with {@code $$}; without
 * {@code messages} the whole body is one message. A path comes from whoever has an API key, never from a webhook.
 */
@Component
class GenericWebhook implements Adapter {

    /** Several times what all paths look at in the longest webhook that is made as it should be. */
    private static final long MOST_WORK = 2_000_000;
    private static final List<String> AD = List.of("clickId", "sourceId", "sourceType", "sourceUrl", "headline", "body", "mediaType");

    private static final Pattern TWO_NAMES = Pattern.compile(".*\\.([A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+)");
    private static final Pattern ONE_NAME = Pattern.compile("\\${1,2}\\.((?i)[a-z_-]*(?:click|clid)[a-z_-]*)");

    private final Cache<String, FieldPath> paths = Caffeine.newBuilder().maximumSize(1_000).build();

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.GENERIC);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        if (!body.isContainerNode()) {
            reading.unreadable("It is no JSON object.");
            return;
        }
        try {
            read(new Places(body, reading.channel().config().paths()), reading);
        } catch (FieldPath.TooMuch e) {
            reading.unreadable(e.getMessage());
        } catch (IllegalArgumentException e) { // stored before paths had rules
            reading.unreadable("The channel's config.paths cannot be followed: change them with PUT. " + e.getMessage());
        }
    }

    private void read(Places places, ParsedWebhook reading) {
        if (!places.of.containsKey("messages")) {
            if (places.value(places.root, "contact").isMissingNode() && places.value(places.root, "messageId").isMissingNode()) {
                reading.unreadable("None of the channel's config.paths leads to a contact or a message id in it.");
            } else {
                read(places.root, places, reading);
            }
            return;
        }
        List<JsonNode> messages = places.messages();
        if (messages.isEmpty()) {
            if (places.of.get("messages").contains("[?")) {
                reading.passOver(PassedOver.OTHER_EVENT); // a filter that selects nothing is meant to
            } else {
                reading.unreadable("The channel's config.paths.messages leads nowhere in it.");
            }
        }
        messages.forEach(message -> read(message, places, reading));
    }

    @Override
    public Referral referral(JsonNode ad) {
        return MetaReferral.orNull(new Referral(JsonValues.identity(ad.path("clickId")), JsonValues.line(ad.path("sourceId")),
                JsonValues.line(ad.path("sourceType")), JsonValues.line(ad.path("sourceUrl")), JsonValues.line(ad.path("headline")),
                JsonValues.line(ad.path("body")), JsonValues.line(ad.path("mediaType"))));
    }

    /** The last two names of the click id's path; one alone, if it is no everyday name; null for a path with more in it. */
    @Override
    public String clickIdName(Channel channel) {
        String path = channel.config().paths().getOrDefault("clickId", "");
        Matcher two = TWO_NAMES.matcher(path);
        Matcher one = ONE_NAME.matcher(path);
        return two.matches() ? two.group(1) : one.matches() ? one.group(1) : null;
    }

    private void read(JsonNode message, Places places, ParsedWebhook reading) {
        ObjectNode ad = JsonNodeFactory.instance.objectNode();
        AD.forEach(name -> {
            JsonNode value = places.value(message, name);
            if (!value.isMissingNode() && !value.isNull()) {
                ad.set(name, value);
            }
        });
        List<JsonNode> contacts = places.contacts(message);
        if (contacts.stream().anyMatch(Jids::isCrowd)) {
            reading.passOver(PassedOver.GROUP, message);
            return;
        } else if (!MetaReferral.isReadable(ad, "clickId")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        MessageDraft draft = reading.message().readFrom(message)
                .id(JsonValues.identity(places.value(message, "messageId")))
                .name(JsonValues.line(places.value(message, "name")))
                .at(places.value(message, "timestamp"))
                .referral(referral(ad), ad);
        contacts.forEach(contact -> contact(contact, reading.channel().key(), draft));
        draft.add();
    }

    /** A phone in any writing, an address of WhatsApp's, a business-scoped user id, or an id that is good for this channel. */
    private static void contact(JsonNode contact, String key, MessageDraft draft) {
        String text = JsonValues.identity(contact);
        if (!Identities.of(text).isEmpty()) {
            draft.who(contact);
        } else if (Phones.digits(text) != null) {
            draft.phone(text);
        } else if (text != null) {
            draft.known(Alias.PROVIDER_ID, "generic " + key + "/" + text);
        }
    }

    /** What the paths of a channel lead to in one webhook. */
    private final class Places {

        private final JsonNode root;
        private final Map<String, String> of;
        private final FieldPath.Work work = new FieldPath.Work(MOST_WORK);
        private final Map<String, JsonNode> ofRoot = new HashMap<>(); // the same for all messages, so followed once

        Places(JsonNode root, Map<String, String> of) {
            this.root = root;
            this.of = of;
        }

        /** A path to a list and one to its elements say the same. */
        List<JsonNode> messages() {
            List<JsonNode> messages = new ArrayList<>();
            for (JsonNode found : path("messages").find(root, work)) {
                if (found.isArray()) {
                    found.forEach(messages::add);
                } else if (found.isObject()) {
                    messages.add(found);
                }
            }
            return messages;
        }

        /** A path may lead to several things that the sender is known by, such as {@code $['phone','userId']}. */
        List<JsonNode> contacts(JsonNode message) {
            if (!of.containsKey("contact")) {
                return List.of();
            }
            FieldPath path = path("contact");
            return path.find(path.isFromRoot() ? root : message, work).stream()
                    .map(found -> found.isArray() ? found.path(0) : found).toList();
        }

        JsonNode value(JsonNode message, String name) {
            if (!of.containsKey(name)) {
                return MissingNode.getInstance();
            }
            FieldPath path = path(name);
            return path.isFromRoot() ? ofRoot.computeIfAbsent(name, any -> first(path.find(root, work)))
                    : first(path.find(message, work));
        }

        private FieldPath path(String name) {
            return paths.get(of.get(name), FieldPath::of);
        }

        /** A path that may find several, or leads to a list; the first counts. */
        private static JsonNode first(List<JsonNode> found) {
            JsonNode first = found.isEmpty() ? MissingNode.getInstance() : found.get(0);
            return first.isArray() ? first.path(0) : first;
        }
    }
}
