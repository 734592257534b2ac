package io.clickthread.capture;

import io.clickthread.system.Rows;
import io.clickthread.system.Settings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes sightings durable before the webhook is answered, together with those of the webhooks beside it. */
@Component("sightingRecorder")
public class SightingRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(SightingRecorder.class);

    private static final int ATTEMPTS = 3;

    private final ProducerTemplate routes;
    private final KnownContacts known;
    private final GroupCommit<Sighting, Map<String, String>> commits;

    SightingRecorder(ProducerTemplate routes, KnownContacts known, Settings settings) {
        this.routes = routes;
        this.known = known;
        this.commits = new GroupCommit<>(settings.capture().writers(), settings.capture().batch(), this::write,
                SightingRecorder::isDataFault);
    }

    /**
     * Records a webhook's sightings. One that the database refuses costs its neighbours nothing: it is left out, and the
     * webhook is kept whole.
     *
     * @param intake with at least one sighting
     * @return the intake with the clicks that were new, and the reason to keep it, if there is one now
     */
    public Intake record(Intake intake) {
        List<CapturedClick> captured = new ArrayList<>();
        boolean refused = record(intake.sightings(), captured);
        return new Intake(intake.webhook(), intake.sightings(), captured,
                intake.isKept() || !refused ? intake.keepReason() : "The database refused some of its values.");
    }

    private boolean record(List<Sighting> sightings, List<CapturedClick> captured) {
        Map<String, String> conversations;
        try {
            conversations = commits.append(sightings);
        } catch (RuntimeException e) {
            if (!isDataFault(e)) {
                throw e;
            }
            if (sightings.size() == 1) {
                LOG.warn("A sighting was refused by the database: SQL state {}", sqlState(e));
                return true;
            }
            int middle = sightings.size() / 2;
            boolean first = record(sightings.subList(0, middle), captured);
            return record(sightings.subList(middle, sightings.size()), captured) || first;
        }
        for (Sighting sighting : sightings) {
            InboundMessage message = sighting.message();
            String conversation = conversations.remove(key(sighting.accountId(), message.messageId()));
            if (conversation != null && message.referral() != null) {
                captured.add(new CapturedClick(sighting.accountId(), conversation, message.participant(),
                        message.messageId(), message.sentAt(), message.referral()));
            }
        }
        return false;
    }

    /** Writes a group; gives back the conversation of each message whose click was new. */
    private Map<String, String> write(List<Sighting> group) {
        SightingBatch batch = new SightingBatch(group);
        List<Map<String, Object>> rows = write(batch, 1);
        Map<String, String> captured = new java.util.concurrent.ConcurrentHashMap<>(); // read by all who went along
        for (Map<String, Object> row : rows) {
            SightingBatch.Contact contact = batch.contacts().get(Rows.number(row, "contact"));
            if (Rows.text(row, "message_id") != null) {
                captured.put(key(contact.accountId(), Rows.text(row, "message_id")), Rows.text(row, "conversation_id"));
            }
            if (((Number) row.get("spread")).intValue() > 1) {
                merge(contact);
            }
        }
        batch.contacts().forEach(contact -> known.add(contact.accountId(), contact.aliases()));
        return captured;
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> write(SightingBatch batch, int attempt) {
        try {
            return routes.requestBody("direct:record-sightings", batch.parameters(), List.class);
        } catch (CamelExecutionException e) {
            // 40: another instance wrote the same contacts at the same time, and one of the two had to give way
            if (sqlState(e).startsWith("40") && attempt < ATTEMPTS) {
                return write(batch, attempt + 1);
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void merge(SightingBatch.Contact contact) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("accountId", contact.accountId());
        parameters.put("kinds", contact.aliases().stream().map(Alias::kind).toArray(String[]::new));
        parameters.put("values", contact.aliases().stream().map(Alias::value).toArray(String[]::new));
        routes.sendBody("direct:merge-conversations", parameters);
    }

    private static String key(String accountId, String messageId) {
        return accountId + ' ' + messageId;
    }

    /** 22: a value that does not fit its column, 23: a constraint; repeating it alone tells whose it is. */
    private static boolean isDataFault(RuntimeException failure) {
        String state = sqlState(failure);
        return state.startsWith("22") || state.startsWith("23");
    }

    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
