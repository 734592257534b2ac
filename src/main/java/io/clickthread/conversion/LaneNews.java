package io.clickthread.conversion;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call told about its lane.
 *
 * @param lane        the lane
 * @param began       the lane's state when the call's conversions were leased
 * @param kind        {@code open} if the lane works, else {@code throttled}, {@code broken} or {@code paused}
 * @param floorMillis how long Meta wants to be left alone at least, or 0
 * @param delays      the waits before the next probes, one after the other
 * @param reason      why, in a sentence; null if it works
 */
record LaneNews(long lane, String began, String kind, long floorMillis, List<Duration> delays, String reason) {

    static LaneNews works(DeliveryBatch delivery) {
        return new LaneNews(delivery.lane(), delivery.laneState(), "open", 0, List.of(), null);
    }

    static LaneNews trouble(DeliveryBatch delivery, String kind, long floorMillis, List<Duration> delays, String reason) {
        return new LaneNews(delivery.lane(), delivery.laneState(), kind, floorMillis, delays, reason);
    }

    /** The parameters of {@code hold-lane.sql} and {@code open-lane.sql}. */
    Map<String, Object> parameters(int threshold) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("lane", lane);
        parameters.put("began", began);
        parameters.put("kind", kind);
        parameters.put("floorMillis", floorMillis);
        parameters.put("delays", delays.stream().map(Duration::toMillis).toArray(Long[]::new));
        parameters.put("threshold", threshold);
        parameters.put("reason", reason);
        return parameters;
    }
}
