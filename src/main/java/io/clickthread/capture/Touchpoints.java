package io.clickthread.capture;

import io.clickthread.store.SqlStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What storing the messages of a webhook brought. */
@Component("touchpoints")
public class Touchpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Touchpoints.class);

    private final KnownContacts known;

    Touchpoints(KnownContacts known) {
        this.known = known;
    }

    /**
     * Tags the click of a message.
     *
     * @param touchpoint the message
     * @param tag        what is to be stored beside its click, such as the name of a campaign; null for nothing
     * @return the message with the tag
     */
    public Touchpoint tag(Touchpoint touchpoint, Object tag) {
        return touchpoint.withTag(tag == null ? null : tag.toString());
    }

    /**
     * Remembers the contacts, and finds the clicks that were new. A message that the database refused costs its neighbours
     * nothing: it is left out, and the webhook is quarantined whole.
     *
     * @param result  the webhook
     * @param stored  the messages that were handed to {@code insert-touchpoints.sql}
     * @param answers of each of them, in the same order, the row that came back, or the exception with which it was refused
     * @return the result with the clicks that were new, and the reason to quarantine it, if there is one now
     */
    public IngestResult stored(IngestResult result, List<Touchpoint> stored, List<?> answers) {
        List<CapturedClick> clicks = new ArrayList<>();
        boolean isRefused = false;
        for (int i = 0; i < stored.size(); i++) {
            Touchpoint touchpoint = stored.get(i);
            if (answers.get(i) instanceof Map<?, ?> row) {
                String conversation = (String) row.get("conversation_id");
                known.add(touchpoint.accountId(), touchpoint.aliases(), conversation);
                if (touchpoint.hint() != null && !touchpoint.isSuspicion()) {
                    known.hint(conversation);
                }
                if (Boolean.TRUE.equals(row.get("is_new_click"))) {
                    clicks.add(touchpoint.click(conversation));
                }
            } else {
                LOG.warn("A message was refused by the database: SQL state {}", SqlStates.of((Throwable) answers.get(i)));
                isRefused = true;
            }
        }
        return result.stored(clicks, isRefused);
    }
}
