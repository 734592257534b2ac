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
 * @param lane        the parameters of {@code hold-lane.sql} or {@code open-lane.sql}; null if the lane is as it was
 */
public record DeliveryResult(DeliveryBatch delivery, List<AttemptResult> settlements, Map<String, Object> lane) {

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
     * Whether the call showed that its lane works, though it was closed or counted failures.
     *
     * @return true for {@code open-lane.sql}
     */
    public boolean isLaneOpened() {
        return lane != null && lane.get("kind").equals("open");
    }

    /**
     * Whether the call met trouble that concerns its whole lane.
     *
     * @return true for {@code hold-lane.sql}
     */
    public boolean isLaneHeld() {
        return lane != null && !isLaneOpened();
    }
}
