package io.clickthread.conversion;

import io.clickthread.store.Rows;
import io.clickthread.system.Ids;
import io.clickthread.system.Settings;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the senders in the background take up. */
@Component("dueConversions")
public class DueConversions {

    /** So much before its end of life a conversion is given up: a call takes a while, and the clocks differ. */
    static final Duration MARGIN = Duration.ofSeconds(10);

    private static final Comparator<Map<String, Object>> ACCEPTED_FIRST =
            Comparator.comparingLong(row -> ((Number) row.get("seq")).longValue());

    private final Settings.Delivery settings;
    private final Duration maxAge;
    private final Settings.ClickChoice click;
    private final UnknownPolicy unknownPolicy;
    private volatile boolean closing;

    DueConversions(Settings settings, UnknownPolicy unknownPolicy) {
        this.settings = settings.delivery();
        this.maxAge = settings.conversions().maxAge();
        this.click = settings.conversions().click();
        this.unknownPolicy = unknownPolicy;
    }

    /** Nothing more is taken up once the server stops, however long the queue is. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
    }

    /**
     * How much to claim, and for how long. Each claim has a name, by which what it took can be given back, even if the
     * statement that made it never answered.
     *
     * @return the parameters of {@code claim-conversions.sql}
     */
    public Map<String, Object> claim() {
        return Map.of("claim", Ids.next(), "leaseMillis", settings.lease().toMillis(), "limit", closing ? 0 : settings.batch(),
                "maxAgeMillis", maxAge.minus(MARGIN).toMillis(), "lastTryMillis", maxAge.minus(settings.lastTry()).toMillis());
    }

    /**
     * The conversions that were claimed.
     *
     * @param rows of {@code claim-conversions.sql}
     * @return the delivery to make, or null if nothing is due
     */
    public DeliveryBatch delivery(List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        Map<String, Object> first = rows.get(0);
        String destinationState = Rows.text(first, "destination_state");
        return new DeliveryBatch(((Number) first.get("destination")).longValue(), destinationState,
                !destinationState.equals("active") || Rows.number(first, "destination_failures") > 0, settings.lease().toNanos(),
                rows.stream().sorted(ACCEPTED_FIRST).map(Conversion::of).toList());
    }

    /**
     * What becomes of conversions whose sender died.
     *
     * @return the parameters of {@code expire-leases.sql}
     */
    public Map<String, Object> expired() {
        return Map.of("resend", unknownPolicy.resent().toArray(String[]::new));
    }

    /**
     * With which click those go that waited for one.
     *
     * @return the parameters of {@code release-parked.sql}
     */
    public Map<String, Object> parked() {
        return Map.of("lastClick", click == Settings.ClickChoice.LAST_CLICK);
    }

    /**
     * Which conversions are too old for Meta.
     *
     * @return the parameters of {@code expire-conversions.sql}
     */
    public Map<String, Object> aged() {
        return Map.of("maxAgeMillis", maxAge.minus(MARGIN).toMillis());
    }
}
