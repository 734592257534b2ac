package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.InboundMessage;
import io.clickthread.capture.Referral;
import io.clickthread.contact.Alias;
import java.util.ArrayList;
import java.util.List;

/** One message of a {@link ParsedWebhook}, field by field; every field may be missing. */
final class MessageDraft {

    private final String key;
    private final ParsedWebhook reading;
    private final Person person = new Person();
    private final List<JsonNode> readFrom = new ArrayList<>(4);
    private String named;
    private String participant;
    private String name;
    private boolean moved;
    private String id;
    private long sentAt = System.currentTimeMillis() / 1000;
    private Referral referral;
    private String evidence;
    private String hint;

    MessageDraft(String key, ParsedWebhook reading) {
        this.key = key;
        this.reading = reading;
    }

    /** The part of the webhook that is all about this message, however often its click id stands there. */
    MessageDraft readFrom(JsonNode part) {
        readFrom.add(part);
        return this;
    }

    /** The channel that the provider says it is for. */
    MessageDraft isFor(String key) {
        this.named = key == null || key.equals(this.key) ? null : key;
        return this;
    }

    /** WhatsApp's id of the message, or the provider's. */
    MessageDraft id(String id) {
        this.id = id;
        return this;
    }

    /** What else the sender is known by. */
    MessageDraft known(List<Alias> more) {
        more.forEach(person::add);
        return this;
    }

    /** The sender in a field where phones stand, and perhaps user ids or WhatsApp's addresses: {@link Person#phoneOrOther}. */
    MessageDraft who(JsonNode node) {
        person.phoneOrOther(node);
        return this;
    }

    /** The sender in a field for an id or an address: {@link Person#idOrAddress}. */
    MessageDraft knownBy(JsonNode node) {
        person.idOrAddress(node);
        return this;
    }

    /** The sender's business-scoped user id. */
    MessageDraft userId(JsonNode node) {
        person.userId(node);
        return this;
    }

    /** The parent of the sender's business-scoped user id. */
    MessageDraft parentUserId(JsonNode node) {
        person.parentUserId(node);
        return this;
    }

    /** The sender's linked id. */
    MessageDraft lid(JsonNode node) {
        person.linkedId(node);
        return this;
    }

    /** A phone number of the sender, with country code; null adds nothing. */
    MessageDraft phone(String text) {
        person.phone(text);
        return this;
    }

    /** Something else that the sender is known by; null adds nothing. */
    MessageDraft known(String kind, String value) {
        if (value != null) {
            person.add(new Alias(kind, value));
        }
        return this;
    }

    /** The sender's profile name. */
    MessageDraft name(String name) {
        this.name = name;
        return this;
    }

    /** How the sender is shown now that the number has changed; null if it has not. */
    MessageDraft movedTo(String participant) {
        if (participant != null) {
            this.participant = participant;
            this.moved = true;
        }
        return this;
    }

    /** Seconds, milliseconds or ISO 8601; now, if it is missing or cannot be true. */
    MessageDraft at(JsonNode time) {
        this.sentAt = JsonValues.seconds(time);
        return this;
    }

    /** The ad, with the provider's own words for it. */
    MessageDraft referral(Referral referral, JsonNode words) {
        this.referral = referral;
        this.evidence = referral == null ? null : RawReferral.of(words);
        if (referral != null) {
            readFrom.add(words);
            words.forEach(readFrom::add); // where the words were gathered, it is these that stand in the webhook
        }
        return this;
    }

    /** A sign of an ad without a referral. */
    MessageDraft hint(String hint) {
        this.hint = hint;
        return this;
    }

    /** Ends it. Without sender or id it cannot be used, which quarantines the webhook; a mere hint needs no id. */
    void add() {
        List<Alias> aliases = person.aliases();
        if (aliases.isEmpty() || id == null && hint == null) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        readFrom.forEach(part -> reading.parts().read(part, referral));
        reading.add(new InboundMessage(key, named, aliases, participant == null ? person.shown() : participant, name, moved, id,
                sentAt, referral, evidence, hint));
    }
}
