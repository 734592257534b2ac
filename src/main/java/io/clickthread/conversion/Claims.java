package io.clickthread.conversion;

import io.clickthread.system.Settings;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the background worker takes up. */
@Component("claims")
public class Claims {

    private final Settings.Delivery settings;

    Claims(Settings settings) {
        this.settings = settings.delivery();
    }

    /**
     * How much to claim, and for how long. No more than are sent at once: what waits here would lose its lease.
     *
     * @return the parameters of {@code claim-conversions.sql}
     */
    public Map<String, Object> next() {
        return Map.of("leaseMillis", settings.lease().toMillis(), "limit", settings.senders());
    }

    /**
     * What becomes of conversions whose sender died.
     *
     * @return the parameters of {@code expire-leases.sql}
     */
    public Map<String, Object> expired() {
        return Map.of("state", settings.unknown() == Settings.Unknown.RESEND ? "waiting" : "unknown");
    }

    /**
     * The conversions that were claimed.
     *
     * @param rows of {@code claim-conversions.sql}
     * @return each with the number of the attempt to make
     */
    public List<Conversion> taken(List<Map<String, Object>> rows) {
        return rows.stream().map(Conversion::of).toList();
    }
}
