package io.clickthread.capture;

import io.clickthread.contact.Alias;
import io.clickthread.system.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sightings as the arrays that the statements take: every contact, alias, message and click once, whatever repeats in the batch. Contacts and aliases are in a fixed order, so that two instances that write the same
 * ones wait for each other and do not deadlock.
 */
final class SightingBatch {

    private final List<Sighting> sightings;
    private final List<Contact> contacts = new ArrayList<>();
    private final List<Sighting> clicks = new ArrayList<>();
    private final List<Contact> clickContacts = new ArrayList<>();
    private final Map<ClickKey, Sighting> byKey = new HashMap<>();

    SightingBatch(List<Sighting> sightings) {
        this.sightings = sightings;
        groupByContact();
        chooseClicks();
    }

    /** The contacts in the order of the numbers that the statement answers with. */
    List<Contact> contacts() {
        return contacts;
    }

    /** Whether any of them brought an ad. */
    boolean hasClicks() {
        return !clicks.isEmpty();
    }

    /** The parameters of {@code sql/register-contacts.sql}. */
    Map<String, Object> contactParameters() {
        Map<String, Object> parameters = numbered();
        parameters.put("candidates", texts(contacts, contact -> Ids.next()));
        parameters.put("participants", texts(contacts, contact -> contact.participant));
        parameters.put("names", texts(contacts, contact -> contact.name));
        boolean[] moved = new boolean[contacts.size()];
        contacts.forEach(contact -> moved[contact.number] = contact.moved);
        parameters.put("moved", moved);
        parameters.put("hints", texts(contacts, Contact::hint));
        parameters.put("hintChannels", texts(contacts, contact -> contact.sign() == null ? null : contact.sign().channelId()));
        parameters.put("hintMessages", texts(contacts, contact -> contact.sign() == null ? null
                : contact.sign().message().messageId()));

        List<Contact> owners = new ArrayList<>();
        List<Alias> aliases = new ArrayList<>();
        contacts.forEach(contact -> contact.aliases.values().forEach(alias -> {
            owners.add(contact);
            aliases.add(alias);
        }));
        parameters.put("aliasContacts", owners.stream().mapToInt(contact -> contact.number).toArray());
        parameters.put("aliasKinds", texts(aliases, Alias::kind));
        parameters.put("aliasValues", texts(aliases, Alias::value));
        return parameters;
    }

    /**
     * The parameters of {@code sql/record-sightings.sql}.
     *
     * @param conversations each contact's, by its number
     */
    Map<String, Object> clickParameters(String[] conversations) {
        Map<String, Object> parameters = numbered();
        parameters.put("conversations", conversations);
        List<Referral> referrals = clicks.stream().map(click -> click.message().referral()).toList();
        parameters.put("clickContacts", clickContacts.stream().mapToInt(contact -> contact.number).toArray());
        parameters.put("messageIds", texts(clicks, click -> click.message().messageId()));
        parameters.put("clickIds", texts(referrals, Referral::clickId));
        parameters.put("sourceIds", texts(referrals, Referral::sourceId));
        parameters.put("sourceTypes", texts(referrals, Referral::sourceType));
        parameters.put("sourceUrls", texts(referrals, Referral::sourceUrl));
        parameters.put("headlines", texts(referrals, Referral::headline));
        parameters.put("bodies", texts(referrals, Referral::body));
        parameters.put("mediaTypes", texts(referrals, Referral::mediaType));
        parameters.put("channelIds", texts(clicks, Sighting::channelId));
        parameters.put("providers", texts(clicks, Sighting::provider));
        parameters.put("evidence", texts(clicks, click -> click.message().evidence()));
        parameters.put("clickedAt", clicks.stream().mapToLong(click -> click.message().sentAt()).toArray());
        return parameters;
    }

    private Map<String, Object> numbered() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("contacts", contacts.stream().mapToInt(contact -> contact.number).toArray());
        parameters.put("accounts", texts(contacts, contact -> contact.accountId));
        return parameters;
    }

    /** Sightings that share an alias are one contact's; a sighting that shares aliases with two joins them. */
    private void groupByContact() {
        Map<String, Contact> byAlias = new HashMap<>();
        List<Contact> found = new ArrayList<>();
        for (Sighting sighting : sightings) {
            Contact contact = new Contact(sighting.accountId());
            for (Alias alias : sighting.message().aliases()) {
                Contact other = byAlias.get(key(sighting.accountId(), alias));
                if (other != null && other != contact) {
                    other.absorb(contact);
                    contact.aliases.keySet().forEach(key -> byAlias.put(key, other));
                    found.remove(contact);
                    contact = other;
                }
                contact.aliases.put(key(sighting.accountId(), alias), alias);
                byAlias.put(key(sighting.accountId(), alias), contact);
            }
            contact.see(sighting);
            if (!found.contains(contact)) {
                found.add(contact);
            }
        }
        found.sort((a, b) -> a.aliases.firstKey().compareTo(b.aliases.firstKey()));
        for (Contact contact : found) {
            contact.number = contacts.size();
            contacts.add(contact);
        }
        for (Sighting sighting : sightings) {
            if (sighting.message().referral() != null) {
                clicks.add(sighting);
                clickContacts.add(byAlias.get(key(sighting.accountId(), sighting.message().aliases().get(0))));
            }
        }
    }

    /** Of each contact one row a click id, the earliest, and one row a message that has no click id. */
    private void chooseClicks() {
        Set<Object> withClickId = new HashSet<>();
        for (int i = 0; i < clicks.size(); i++) {
            if (clickId(i) != null) {
                withClickId.add(List.of(clickContacts.get(i).number, clicks.get(i).message().messageId()));
            }
        }
        Map<ClickKey, Integer> chosen = new LinkedHashMap<>();
        for (int i = 0; i < clicks.size(); i++) {
            String message = clicks.get(i).message().messageId();
            int contact = clickContacts.get(i).number;
            if (clickId(i) != null) {
                chosen.merge(new ClickKey(contact, null, clickId(i)), i, (first, second) ->
                        clicks.get(second).message().sentAt() < clicks.get(first).message().sentAt() ? second : first);
            } else if (!withClickId.contains(List.of(contact, message))) {
                chosen.putIfAbsent(new ClickKey(contact, message, null), i);
            }
        }
        List<Sighting> all = List.copyOf(clicks);
        List<Contact> owners = List.copyOf(clickContacts);
        clicks.clear();
        clickContacts.clear();
        chosen.forEach((key, i) -> {
            clicks.add(all.get(i));
            clickContacts.add(owners.get(i));
            byKey.put(key, all.get(i));
        });
    }

    private String clickId(int index) {
        return clicks.get(index).message().referral().clickId();
    }

    /**
     * The click that a row of the statement tells to be new.
     *
     * @param contact   the contact's number
     * @param messageId of the row
     * @param clickId   of the row, or null for a touch
     * @return the sighting that brought it; null if another contact of the batch did, who is the same person
     */
    Sighting click(int contact, String messageId, String clickId) {
        return byKey.get(new ClickKey(contact, clickId == null ? messageId : null, clickId));
    }

    /** A click id of a contact, or a message of one that has none. */
    private record ClickKey(int contact, String messageId, String clickId) {
        @Override
        public String toString() {
            return "ClickKey[" + contact + "]";
        }
    }

    private static String key(String accountId, Alias alias) {
        return accountId + ' ' + alias.kind() + ' ' + alias.value();
    }

    private static <T> String[] texts(List<T> items, java.util.function.Function<T, String> field) {
        return items.stream().map(field).toArray(String[]::new);
    }

    /** One person in this batch. */
    static final class Contact {
        private final String accountId;
        private final TreeMap<String, Alias> aliases = new TreeMap<>();
        private int number;
        private String participant;
        private String name;
        private boolean moved;
        private Sighting hint;
        private Sighting suspicion;
        private long firstAt = Long.MAX_VALUE;

        private Contact(String accountId) {
            this.accountId = accountId;
        }

        int number() {
            return number;
        }

        String accountId() {
            return accountId;
        }

        /** The strongest hint of an ad, or null. */
        String hint() {
            return sign() == null ? null : sign().message().hint();
        }

        /** Whether the hint is a mere suspicion. */
        boolean isSuspected() {
            return sign() != null && sign() == suspicion;
        }

        /** What brought the hint. A suspicion is one about a first message: of a contact who wrote before, it says nothing. */
        private Sighting sign() {
            return hint != null ? hint : suspicion != null && suspicion.message().sentAt() <= firstAt ? suspicion : null;
        }

        List<Alias> aliases() {
            return List.copyOf(aliases.values());
        }

        private void see(Sighting sighting) {
            InboundMessage message = sighting.message();
            if (participant == null || message.moved()) {
                participant = message.participant();
            }
            name = Objects.requireNonNullElse(message.name(), name == null ? "" : name);
            name = name.isEmpty() ? null : name;
            moved |= message.moved();
            firstAt = message.messageId() == null ? firstAt : Math.min(firstAt, message.sentAt());
            if (message.isSuspicion()) {
                suspicion = earlier(suspicion, sighting);
            } else if (hint == null && message.hint() != null) {
                hint = sighting;
            }
        }

        private void absorb(Contact other) {
            aliases.putAll(other.aliases);
            if (other.participant != null && (participant == null || other.moved)) {
                participant = other.participant;
            }
            name = name == null ? other.name : name;
            moved |= other.moved;
            hint = hint == null ? other.hint : hint;
            suspicion = earlier(suspicion, other.suspicion);
            firstAt = Math.min(firstAt, other.firstAt);
        }

        private static Sighting earlier(Sighting one, Sighting other) {
            return one == null || other != null && other.message().sentAt() < one.message().sentAt() ? other : one;
        }
    }
}
