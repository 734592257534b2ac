package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.AutomaticEvent;
import io.clickthread.capture.Handover;
import io.clickthread.capture.InboundMessage;
import io.clickthread.capture.InboundWebhook;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Channel;
import io.clickthread.contact.Alias;
import io.clickthread.contact.Identities;
import io.clickthread.contact.Phones;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What an adapter has understood of a webhook so far. */
final class Reading {

    private static final Pattern BARE_DIGITS = Pattern.compile("[0-9]+");

    private final Channel channel;
    private final boolean mayTellOfAnAd;
    private final List<InboundMessage> messages = new ArrayList<>();
    private final List<AutomaticEvent> events = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final Set<String> channels = new LinkedHashSet<>();
    private final Set<String> unreadFields = new LinkedHashSet<>();
    private final Map<String, Integer> passedOver = new TreeMap<>();
    private final Set<JsonNode> skipped = Collections.newSetFromMap(new IdentityHashMap<>(4));
    private final Map<JsonNode, Part> parts = new IdentityHashMap<>(4);
    private String unreadable;

    /**
     * Begins.
     *
     * @param channel       null for a webhook that names its channels itself
     * @param mayTellOfAnAd whether its bytes have traces of an ad, see {@link AdTraces}
     */
    Reading(Channel channel, boolean mayTellOfAnAd) {
        this.channel = channel;
        this.mayTellOfAnAd = mayTellOfAnAd;
    }

    /** Whether it is worth looking for an ad in it: most webhooks have no trace of one. */
    boolean mayTellOfAnAd() {
        return mayTellOfAnAd;
    }

    /** The channel it came by; null for a webhook that names its channels itself. */
    Channel channel() {
        return channel;
    }

    /** Notes why something could not be read; the first reason counts. */
    void unreadable(String why) {
        unreadable = unreadable == null ? why : unreadable;
    }

    /** Notes that a part of the webhook is deliberately not used, and why: once for each part. */
    void passOver(PassedOver reason) {
        passedOver.merge(reason.reason(), 1, Integer::sum);
    }

    /** Notes the same of a part of the tree that was read: whatever it says about an ad is no news either. */
    void passOver(PassedOver reason, JsonNode part) {
        passOver(reason);
        skipped.add(part);
    }

    /** Notes an event of Meta's. */
    void event(AutomaticEvent event) {
        events.add(event);
    }

    /** Notes a change of who controls a conversation. */
    void handover(Handover handover) {
        handovers.add(handover);
    }

    /** Notes that the webhook is for this channel, whatever it says; null adds nothing. */
    void isFor(String key) {
        if (key != null) {
            channels.add(key);
        }
    }

    /** Notes what is in the webhook and not read here. */
    void unreadField(String name) {
        unreadFields.add(name);
    }

    /** Begins a message of the channel that the webhook came by. */
    Message message() {
        return new Message(channel.key());
    }

    /** Begins a message of a channel that the webhook names. */
    Message messageOf(String key) {
        return new Message(key);
    }

    /** Whether all of it could be read so far. */
    boolean isReadable() {
        return unreadable == null;
    }

    /** Whether a part of the tree was passed over. */
    boolean isPassedOver(JsonNode part) {
        return skipped.contains(part);
    }

    /** What was taken from a part of the tree; null if it is none that a message was read from. */
    Part part(JsonNode node) {
        return parts.get(node);
    }

    /** Whether an event of Meta's has this click id. */
    boolean isTaken(String clickId) {
        return events.stream().anyMatch(event -> clickId != null && clickId.equals(event.clickId()));
    }

    InboundWebhook close(String provider, byte[] raw) {
        return new InboundWebhook(provider, channel == null ? null : channel.key(), raw, messages, events, handovers,
                channel == null ? channels : Set.of(channel.key()), unreadFields, unreadable, passedOver);
    }

    /** What was taken from a part of the tree, which one message or several were read from. */
    static final class Part {

        private final Set<String> clickIds = new HashSet<>(2);
        private boolean fromAd;

        /** Whether a message with this click id was read from it. */
        boolean has(String clickId) {
            return clickIds.contains(clickId);
        }

        /** Whether a message that comes from an ad was read from it. */
        boolean isFromAd() {
            return fromAd;
        }
    }

    /** One message, field by field; every field may be missing. */
    final class Message {

        private final String key;
        private final List<Alias> aliases = new ArrayList<>(4);
        private String named;
        private String participant;
        private String name;
        private boolean moved;
        private String id;
        private long sentAt = System.currentTimeMillis() / 1000;
        private Referral referral;
        private String evidence;
        private String hint;
        private final List<JsonNode> readFrom = new ArrayList<>(4);

        private Message(String key) {
            this.key = key;
        }

        /** The part of the webhook that is all about this message, however often its click id stands there. */
        Message readFrom(JsonNode part) {
            readFrom.add(part);
            return this;
        }

        /** The channel that the provider says it is for. */
        Message isFor(String key) {
            this.named = key == null || key.equals(this.key) ? null : key;
            return this;
        }

        /** WhatsApp's id of the message, or the provider's. */
        Message id(String id) {
            this.id = id;
            return this;
        }

        /** A phone number of the sender, with country code; null adds nothing. */
        Message phone(String text) {
            String digits = Phones.digits(text);
            if (digits != null) {
                Phones.aliases(digits).forEach(this::alias);
            }
            return this;
        }

        /** Something else that the sender is known by; null adds nothing. */
        Message known(String kind, String value) {
            if (value != null) {
                alias(new Alias(kind, value));
            }
            return this;
        }

        /** What else the sender is known by. */
        Message known(List<Alias> more) {
            more.forEach(this::alias);
            return this;
        }

        /** The sender in a field where phones, user ids and WhatsApp's addresses may stand; each is told by its shape. */
        Message who(JsonNode node) {
            Identities.of(Texts.identity(node)).forEach(this::alias);
            return this;
        }

        /** The sender in a field for an id, where bare digits may be anything and are no phone. */
        Message knownBy(JsonNode node) {
            String text = Texts.identity(node);
            return text == null || BARE_DIGITS.matcher(text).matches() ? this : who(node);
        }

        /** The sender in a field for a business-scoped user id, which is none but that, whatever its shape. */
        Message userId(JsonNode node) {
            String text = Texts.identity(node);
            String id = text == null ? "" : text.replaceFirst("^whatsapp:", "").strip();
            List<Alias> told = id.startsWith("+") || !BARE_DIGITS.matcher(id).matches() ? Identities.of(id) : List.of();
            told.forEach(this::alias);
            return told.isEmpty() && !id.isEmpty() ? known(Alias.USER_ID, id) : this;
        }

        /** The sender in a field for a linked id, where bare digits are one. */
        Message lid(JsonNode node) {
            String text = Texts.identity(node);
            Identities.of(text == null || text.contains("@") ? text : text + "@lid").forEach(this::alias);
            return this;
        }

        /** The sender's profile name. */
        Message name(String name) {
            this.name = name;
            return this;
        }

        /** How the sender is shown now that the number has changed; null if it has not. */
        Message movedTo(String participant) {
            if (participant != null) {
                this.participant = participant;
                this.moved = true;
            }
            return this;
        }

        /** Seconds, milliseconds or ISO 8601; now, if it is missing or cannot be true. */
        Message at(JsonNode time) {
            this.sentAt = Texts.seconds(time);
            return this;
        }

        /** The ad, with the provider's own words for it. */
        Message referral(Referral referral, JsonNode words) {
            this.referral = referral;
            if (referral != null) {
                this.evidence = Evidence.of(words);
                readFrom.add(words);
                words.forEach(readFrom::add); // where the words were gathered, it is these that stand in the webhook
            }
            return this;
        }

        /** A sign of an ad without a referral. */
        Message hint(String hint) {
            this.hint = hint;
            return this;
        }

        /** Ends it. Without sender or id it cannot be used, which quarantines the webhook; a mere hint needs no id. */
        void add() {
            aliases.removeIf(this::isLinkedIdInAPhonesPlace);
            if (aliases.isEmpty() || id == null && hint == null) {
                unreadable("One of its messages could not be read.");
                return;
            }
            for (JsonNode part : readFrom) {
                if (part.isContainerNode()) {
                    Part taken = parts.computeIfAbsent(part, node -> new Part());
                    taken.fromAd |= referral != null;
                    if (referral != null && referral.clickId() != null) {
                        taken.clickIds.add(referral.clickId());
                    }
                }
            }
            messages.add(new InboundMessage(key, named, aliases, participant == null ? shown() : participant, name, moved, id,
                    sentAt, referral, evidence, hint));
        }

        /** Where a linked id stands without {@code @lid} beside the whole one, its digits are no phone. */
        private boolean isLinkedIdInAPhonesPlace(Alias alias) {
            return alias.kind().equals(Alias.PHONE) && aliases.contains(new Alias(Alias.LID, alias.value()));
        }

        private void alias(Alias alias) {
            if (!aliases.contains(alias)) {
                aliases.add(alias);
            }
        }

        private String shown() {
            return aliases.stream().filter(alias -> alias.kind().equals(Alias.PHONE)).findFirst().orElse(aliases.get(0)).value();
        }
    }
}
