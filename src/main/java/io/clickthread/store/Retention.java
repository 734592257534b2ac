package io.clickthread.store;

import io.clickthread.system.RetentionSettings;
import io.clickthread.system.Settings;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** How old rows are removed: in rounds of small steps, each a commit of its own. */
@Component("retention")
public class Retention {

    /** Rows in a step: some milliseconds of work. */
    static final int STEP = 1_000;

    private final RetentionSettings settings;
    private final Clock clock;
    private volatile boolean closing;

    Retention(Settings settings, Clock clock) {
        this.settings = settings.retention();
        this.clock = clock;
    }

    /** A backlog of old rows, however long, is left to the next start. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
    }

    /**
     * A round through a table.
     *
     * @param isOpen     whether another step may find more
     * @param parameters the statement's: {@code before}, {@code limit}, and where the last step ended
     */
    public record Round(boolean isOpen, Map<String, Object> parameters) {
    }

    /**
     * A round through the history.
     *
     * @return the round; it is over at once if the history is kept for ever
     */
    public Round history() {
        return begin(settings.history());
    }

    /**
     * A round through the conversions.
     *
     * @return the round; it is over at once if they are kept for ever
     */
    public Round conversions() {
        return begin(settings.conversions());
    }

    /**
     * A round through the conversations.
     *
     * @return the round; it is over at once if they are kept for ever
     */
    public Round conversations() {
        return begin(settings.conversations());
    }

    /**
     * A round through the quarantined webhooks.
     *
     * @return the round; it is over at once if they are kept for ever
     */
    public Round quarantinedWebhooks() {
        return begin(settings.quarantinedWebhooks());
    }

    /**
     * A round through the imports.
     *
     * @return the round; it is over at once if they are kept for ever
     */
    public Round imports() {
        return begin(settings.imports());
    }

    /**
     * What comes after a step.
     *
     * @param round the round before it
     * @param step  the row that the statement gave: how many it {@code seen}, and where it ended
     * @return the round after it; over once a step was not full
     */
    public Round goOn(Round round, Map<String, Object> step) {
        Map<String, Object> parameters = new HashMap<>(round.parameters());
        parameters.put("after", step.get("last_at"));
        parameters.put("afterId", step.get("last_id"));
        return new Round(!closing && Rows.number(step, "seen") == STEP, parameters);
    }

    private Round begin(Duration age) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("before", Timestamp.from(clock.instant().minus(age)));
        parameters.put("limit", STEP);
        parameters.put("after", null);
        parameters.put("afterId", null);
        return new Round(!closing && !age.isZero(), parameters);
    }
}
