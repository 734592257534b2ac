package io.clickthread.conversion;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one call to Meta brought.
 *
 * @param delivery    what the call was part of
 * @param settlements what to write down
 * @param destination the parameters of {@code trip-destination.sql} or {@code reset-destination.sql}; null if the call does not
 *                    change the destination
 */
public record DeliveryResult(DeliveryBatch delivery, List<AttemptResult> settlements, Map<String, Object> destination) {

    /**
     * The same if no further call can follow: what was to be sent again under its lease, and what was not sent yet, is left
     * to the next sender.
     *
     * @param reason why not
     */
    DeliveryResult ended(String reason) {
        List<AttemptResult> all = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (AttemptResult settlement : settlements) {
            told.add(settlement.conversion().id());
            all.add(settlement.state().equals("sending") ? settlement.leftToOthers() : settlement);
        }
        delivery.left().stream().filter(one -> !told.contains(one.id()))
                .forEach(one -> all.add(AttemptResult.givenBack(one, reason)));
        delivery.stop();
        return new DeliveryResult(delivery, all, null);
    }

    /** Without what is in it, which is a person's. */
    @Override
    public String toString() {
        return "DeliveryResult[" + settlements.size() + " settlements]";
    }

    /**
     * Whether the call showed that its destination works, although it was not active or counted failures.
     *
     * @return true for {@code reset-destination.sql}
     */
    public boolean isDestinationReset() {
        return destination != null && destination.get("state").equals("active");
    }

    /**
     * Whether the call met trouble that concerns the destination as a whole.
     *
     * @return true for {@code trip-destination.sql}
     */
    public boolean isDestinationTripped() {
        return destination != null && !isDestinationReset();
    }
}
