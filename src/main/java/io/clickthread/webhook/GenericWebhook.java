package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.contact.Alias;
import io.clickthread.contact.Identities;
import io.clickthread.contact.Phones;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads any provider's JSON along the paths of its channel (JSONPath, RFC 9535's forerunner). {@code messages} leads to the
 * messages from the root, the others from a message, or from the root if they begin with {@code $$}; without
 * {@code messages} the whole body is one message. A path comes from whoever has an API key, never from a webhook.
 */
@Component
class GenericWebhook implements Adapter {

    private static final Configuration READER = Configuration.builder().jsonProvider(new JacksonJsonNodeJsonProvider())
            .mappingProvider(new JacksonMappingProvider()).options(Option.SUPPRESS_EXCEPTIONS).build();
    private static final List<String> AD = List.of("clickId", "sourceId", "sourceType", "sourceUrl", "headline", "body", "mediaType");

    private static final Pattern TWO_NAMES = Pattern.compile(".*\\.([A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+)");
    private static final Pattern ONE_NAME = Pattern.compile("\\${1,2}\\.((?i)[a-z_-]*(?:click|clid)[a-z_-]*)");

    private final Cache<String, JsonPath> paths = Caffeine.newBuilder().maximumSize(1_000).build();

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.GENERIC);
    }

    @Override
    public void read(JsonNode body, Reading reading) {
        Map<String, String> of = reading.channel().config().paths();
        if (!body.isContainerNode()) {
            reading.unreadable("It is no JSON object.");
            return;
        }
        if (!of.containsKey("messages")) {
            if (value(body, body, of, "contact").isMissingNode() && value(body, body, of, "messageId").isMissingNode()) {
                reading.unreadable("None of the channel's config.paths leads to a contact or a message id in it.");
            } else {
                read(body, body, of, reading);
            }
            return;
        }
        List<JsonNode> messages = messages(body, of.get("messages"));
        if (messages.isEmpty()) {
            if (of.get("messages").contains("[?")) {
                reading.passOver(PassedOver.OTHER_EVENT); // a filter that selects nothing is meant to
            } else {
                reading.unreadable("The channel's config.paths.messages leads nowhere in it.");
            }
        }
        messages.forEach(message -> read(message, body, of, reading));
    }

    @Override
    public Referral referral(JsonNode ad) {
        return MetaReferral.orNull(new Referral(Texts.identity(ad.path("clickId")), Texts.line(ad.path("sourceId")),
                Texts.line(ad.path("sourceType")), Texts.line(ad.path("sourceUrl")), Texts.line(ad.path("headline")),
                Texts.line(ad.path("body")), Texts.line(ad.path("mediaType"))));
    }

    /** The last two names of the click id's path; one alone, if it is no everyday name; null for a path with more in it. */
    @Override
    public String clickIdName(Channel channel) {
        String path = channel.config().paths().getOrDefault("clickId", "");
        Matcher two = TWO_NAMES.matcher(path);
        Matcher one = ONE_NAME.matcher(path);
        return two.matches() ? two.group(1) : one.matches() ? one.group(1) : null;
    }

    private void read(JsonNode message, JsonNode root, Map<String, String> of, Reading reading) {
        ObjectNode ad = JsonNodeFactory.instance.objectNode();
        AD.forEach(name -> {
            JsonNode value = value(message, root, of, name);
            if (!value.isMissingNode() && !value.isNull()) {
                ad.set(name, value);
            }
        });
        List<JsonNode> contacts = contacts(message, root, of);
        if (contacts.stream().anyMatch(Jids::isCrowd)) {
            reading.passOver(PassedOver.GROUP, message);
            return;
        } else if (!MetaReferral.isReadable(ad, "clickId")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        MessageDraft draft = reading.message().readFrom(message)
                .id(Texts.identity(value(message, root, of, "messageId")))
                .name(Texts.line(value(message, root, of, "name")))
                .at(value(message, root, of, "timestamp"))
                .referral(referral(ad), ad);
        contacts.forEach(contact -> contact(contact, reading.channel().key(), draft));
        draft.add();
    }

    /** A phone in any writing, an address of WhatsApp's, a business-scoped user id, or an id that is good for this channel. */
    private static void contact(JsonNode contact, String key, MessageDraft draft) {
        String text = Texts.identity(contact);
        if (!Identities.of(text).isEmpty()) {
            draft.who(contact);
        } else if (Phones.digits(text) != null) {
            draft.phone(text);
        } else if (text != null) {
            draft.known(Alias.PROVIDER_ID, "generic " + key + "/" + text);
        }
    }

    /** A path to a list and one to its elements say the same. */
    private List<JsonNode> messages(JsonNode root, String path) {
        JsonNode found = find(root, path);
        List<JsonNode> messages = new ArrayList<>();
        if (found instanceof ArrayNode list) {
            boolean nested = list.size() == 1 && list.get(0).isArray();
            (nested ? list.get(0) : list).forEach(messages::add);
        } else if (found.isObject()) {
            messages.add(found);
        }
        return messages;
    }

    /** A path may lead to several things that the sender is known by, such as {@code $['phone','userId']}. */
    private List<JsonNode> contacts(JsonNode message, JsonNode root, Map<String, String> of) {
        String path = of.getOrDefault("contact", "");
        JsonNode found = path.isEmpty() ? MissingNode.getInstance()
                : path.startsWith("$$") ? find(root, path.substring(1)) : find(message, path);
        List<JsonNode> contacts = new ArrayList<>();
        (found.isObject() ? found : List.of(found.isArray() ? found.path(0) : found)).forEach(contacts::add);
        return contacts;
    }

    private JsonNode value(JsonNode message, JsonNode root, Map<String, String> of, String name) {
        String path = of.get(name);
        if (path == null) {
            return MissingNode.getInstance();
        }
        JsonNode found = path.startsWith("$$") ? find(root, path.substring(1)) : find(message, path);
        return found.isArray() ? found.path(0) : found; // a path that may find several; the first counts
    }

    private JsonNode find(JsonNode node, String path) {
        try {
            JsonNode found = paths.get(path, JsonPath::compile).read((Object) node, READER);
            return found == null ? MissingNode.getInstance() : found;
        } catch (JsonPathException e) { // of a filter that does not fit what it meets
            return MissingNode.getInstance();
        }
    }
}
