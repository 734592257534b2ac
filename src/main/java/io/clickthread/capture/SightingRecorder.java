package io.clickthread.capture;

import io.clickthread.contact.Alias;
import io.clickthread.store.GroupCommit;
import io.clickthread.store.Rows;
import io.clickthread.store.SqlStates;
import io.clickthread.store.Transactions;
import io.clickthread.system.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes sightings durable before the webhook is answered, together with those of the webhooks beside it. One transaction locks the
 * contacts, merges those that turn out to be one, and then reads and writes their clicks: what it decides by, nobody changes meanwhile.
 */
@Component("sightingRecorder")
public class SightingRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(SightingRecorder.class);
    /** Contacts are locked in a fixed order; only merging takes more locks, and may have to give way to another that merges. */
    private static final int RACES = 10;

    private final ProducerTemplate routes;
    private final KnownContacts known;
    private final Transactions transactions;
    private final int batch;
    private final GroupCommit<Sighting, Map<Sighting, String>> commits;

    SightingRecorder(ProducerTemplate routes, KnownContacts known, Transactions transactions, Settings settings) {
        this.routes = routes;
        this.transactions = transactions;
        this.batch = settings.capture().batch();
        this.known = known;
        this.commits = new GroupCommit<>(settings.capture().writers(), batch, this::write,
                SqlStates::isDataFault);
    }

    /**
     * Records a webhook's sightings. One that the database refuses costs its neighbours nothing: it is left out, and the
     * webhook is quarantined whole.
     *
     * @param intake with at least one sighting
     * @return the intake with the clicks that were new, and the reason to keep it, if there is one now
     */
    public Intake record(Intake intake) {
        List<CapturedClick> captured = new ArrayList<>();
        boolean refused = false;
        List<Sighting> all = intake.sightings();
        for (int from = 0; from < all.size(); from += batch) { // a webhook may have thousands, and each takes some memory
            refused |= record(all.subList(from, Math.min(all.size(), from + batch)), captured);
        }
        boolean isRefusal = refused && (!intake.isQuarantined() || intake.sampleOf() != null);
        return new Intake(intake.webhook(), intake.sightings(), captured,
                isRefusal ? "The database refused some of its values." : intake.quarantineReason(),
                isRefusal ? null : intake.sampleOf());
    }

    private boolean record(List<Sighting> sightings, List<CapturedClick> captured) {
        Map<Sighting, String> conversations;
        try {
            conversations = commits.append(sightings);
        } catch (RuntimeException e) {
            if (!SqlStates.isDataFault(e)) {
                throw e;
            }
            if (sightings.size() == 1) {
                LOG.warn("A sighting was refused by the database: SQL state {}", SqlStates.of(e));
                return true;
            }
            int middle = sightings.size() / 2;
            boolean first = record(sightings.subList(0, middle), captured);
            return record(sightings.subList(middle, sightings.size()), captured) || first;
        }
        for (Sighting sighting : sightings) {
            InboundMessage message = sighting.message();
            String conversation = message.referral() == null ? null : conversations.remove(sighting);
            if (conversation != null) {
                captured.add(new CapturedClick(sighting.accountId(), conversation, message.participant(),
                        message.messageId(), message.sentAt(), message.referral()));
            }
        }
        return false;
    }

    /** Writes a group; gives back the conversation of each sighting whose click was new. */
    private Map<Sighting, String> write(List<Sighting> group) {
        SightingBatch batch = new SightingBatch(group);
        for (int race = 1; ; race++) {
            try {
                Written written = transactions.run(() -> write(batch));
                remember(batch, written.conversations()); // after the commit
                return written.captured();
            } catch (RuntimeException e) {
                if (race > RACES || !SqlStates.isRace(e)) {
                    throw e;
                }
            }
            // Not all at once again: up to 64 ms, and nothing before the second race, which is seldom.
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L << Math.min(race, 6)) * (race > 1 ? 1 : 0));
        }
    }

    private Written write(SightingBatch batch) {
        Map<Integer, List<String>> found = register(batch);
        if (found.values().stream().anyMatch(conversations -> conversations.size() > 1)) {
            found.forEach((number, conversations) -> {
                if (conversations.size() > 1) {
                    merge(batch.contacts().get(number));
                }
            });
            found = register(batch);
        }
        String[] conversations = new String[batch.contacts().size()];
        found.forEach((number, ids) -> conversations[number] = ids.get(0));
        Map<Sighting, String> captured = new ConcurrentHashMap<>(); // read by all who went along
        Set<String> told = new HashSet<>();
        if (batch.hasClicks()) {
            for (Map<String, Object> row : request("direct:record-sightings", batch.clickParameters(conversations))) {
                Sighting click = batch.click(Rows.number(row, "contact"), Rows.text(row, "message_id"), Rows.text(row, "ctwa_clid"));
                String same = Rows.text(row, "conversation_id") + ' ' + (Rows.text(row, "ctwa_clid") == null
                        ? "message " + Rows.text(row, "message_id") : Rows.text(row, "ctwa_clid"));
                if (click != null && told.add(same)) { // two contacts of the batch may be one person
                    captured.put(click, Rows.text(row, "conversation_id"));
                }
            }
        }
        return new Written(conversations, captured);
    }

    /** The conversations of each contact by its number: one, unless they are to be merged. */
    private Map<Integer, List<String>> register(SightingBatch batch) {
        Map<Integer, List<String>> conversations = new HashMap<>();
        for (Map<String, Object> row : request("direct:register-contacts", batch.contactParameters())) {
            conversations.computeIfAbsent(Rows.number(row, "contact"), number -> new ArrayList<>(1))
                    .add(Rows.text(row, "conversation_id"));
        }
        return conversations;
    }

    private void remember(SightingBatch batch, String[] conversations) {
        for (SightingBatch.Contact contact : batch.contacts()) {
            String conversation = conversations[contact.number()];
            known.add(contact.accountId(), contact.aliases(), conversation);
            if (contact.hint() != null && !contact.isSuspected()) {
                known.hint(conversation);
            }
        }
    }

    private void merge(SightingBatch.Contact contact) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("accountId", contact.accountId());
        parameters.put("kinds", contact.aliases().stream().map(Alias::kind).toArray(String[]::new));
        parameters.put("values", contact.aliases().stream().map(Alias::value).toArray(String[]::new));
        request("direct:merge-conversations", parameters);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> request(String route, Map<String, Object> parameters) {
        try {
            return routes.requestBody(route, parameters, List.class);
        } catch (CamelExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What a group's transaction gave: the conversation of each contact by its number, and those of the clicks that were new. */
    private record Written(String[] conversations, Map<Sighting, String> captured) {
        @Override
        public String toString() {
            return "Written[" + captured.size() + "]";
        }
    }
}
