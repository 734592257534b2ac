package io.clickthread.conversion;

import java.util.List;
import java.util.Map;

/**
 * What one call to Meta brought.
 *
 * @param delivery    what the call was part of
 * @param settlements what to write down
 * @param lane        the parameters of {@code hold-lane.sql} or {@code open-lane.sql}; null if the lane is as it was
 */
public record Judgement(Delivery delivery, List<Settlement> settlements, Map<String, Object> lane) {

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
