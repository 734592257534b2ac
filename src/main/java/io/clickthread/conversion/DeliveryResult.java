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
public record Judgement(Delivery delivery, List<Settlement> settlements, Map<String, Object> lane) {

    /**
     * The same if no further call can follow: what was to be sent again under its lease, and what was not sent yet, is left
     * to the next sender.
     *
     * @param reason why not
     */
    Judgement ended(String reason) {
        List<Settlement> all = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Settlement settlement : settlements) {
            told.add(settlement.conversion().id());
            all.add(settlement.state().equals("sending") ? settlement.leftToOthers() : settlement);
        }
        delivery.left().stream().filter(one -> !told.contains(one.id()))
                .forEach(one -> all.add(Settlement.givenBack(one, reason)));
        delivery.stop();
        return new Judgement(delivery, all, null);
    }

    /** Without what is in it, which is a person's. */
    @Override
    public String toString() {
        return "Judgement[" + settlements.size() + " settlements]";
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
