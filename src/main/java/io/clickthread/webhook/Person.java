package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.contact.Alias;
import io.clickthread.contact.Identities;
import io.clickthread.contact.Phones;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the sender of a message is known by. Every identity is told by its shape ({@link Identities}); the field that it
 * stands in decides only what bare digits are, which may be a phone, a linked id or an id of something else.
 */
final class Person {

    private static final Pattern BARE_DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern SCHEME = Pattern.compile("^whatsapp:");

    private final List<Alias> aliases = new ArrayList<>(4);

    /** A field where phones stand: bare digits are one. */
    void phoneOrOther(JsonNode node) {
        Identities.of(JsonValues.identity(node)).forEach(this::add);
    }

    /** A field for an id or an address: bare digits are nothing. */
    void idOrAddress(JsonNode node) {
        String text = JsonValues.identity(node);
        if (text != null && !BARE_DIGITS.matcher(text).matches()) {
            phoneOrOther(node);
        }
    }

    /** A field for a business-scoped user id, which is one whatever its shape, unless it says itself that it is a phone. */
    void userId(JsonNode node) {
        String id = bare(node);
        List<Alias> told = BARE_DIGITS.matcher(id).matches() ? List.of() : Identities.of(id);
        told.forEach(this::add);
        if (told.isEmpty() && !id.isEmpty()) {
            add(new Alias(Alias.USER_ID, id));
        }
    }

    /** A field for the parent of a business-scoped user id. */
    void parentUserId(JsonNode node) {
        String id = bare(node);
        if (!id.isEmpty()) {
            add(new Alias(Alias.PARENT_USER_ID, id));
        }
    }

    /** A field for a linked id: bare digits are one. */
    void linkedId(JsonNode node) {
        String text = JsonValues.identity(node);
        Identities.of(text == null || text.contains("@") ? text : text + "@lid").forEach(this::add);
    }

    /** A phone in any writing, with country code; null adds nothing. */
    void phone(String text) {
        String digits = Phones.digits(text);
        if (digits != null) {
            Phones.aliases(digits).forEach(this::add);
        }
    }

    void add(Alias alias) {
        if (!aliases.contains(alias)) {
            aliases.add(alias);
        }
    }

    /** All of it. Where a linked id stands once with {@code @lid} and once without, its digits are no phone. */
    List<Alias> aliases() {
        aliases.removeIf(alias -> alias.kind().equals(Alias.PHONE) && aliases.contains(new Alias(Alias.LID, alias.value())));
        return aliases;
    }

    /** How the sender is shown: the phone, else what came first. */
    String shown() {
        return aliases().stream().filter(alias -> alias.kind().equals(Alias.PHONE)).findFirst().orElse(aliases.get(0)).value();
    }

    private static String bare(JsonNode node) {
        String text = JsonValues.identity(node);
        return text == null ? "" : SCHEME.matcher(text).replaceFirst("").strip();
    }
}
