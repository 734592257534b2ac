package io.clickthread.conversion;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a call changes the state of its destination.
 *
 * @param destination the destination
 * @param stateBefore the destination's state when the call's conversions were leased
 * @param state       {@code active} if the destination works, else {@code throttled}, {@code tripped} or {@code suspended}
 * @param floorMillis how long Meta asks to wait at least, or 0
 * @param delays      the waits before the next probes, one after the other
 * @param reason      why, in a sentence; null if it works
 */
record DestinationUpdate(long destination, String stateBefore, String state, long floorMillis, List<Duration> delays,
        String reason) {

    static DestinationUpdate reset(DeliveryBatch delivery) {
        return new DestinationUpdate(delivery.destination(), delivery.destinationState(), "active", 0, List.of(), null);
    }

    static DestinationUpdate trip(DeliveryBatch delivery, String state, long floorMillis, List<Duration> delays, String reason) {
        return new DestinationUpdate(delivery.destination(), delivery.destinationState(), state, floorMillis, delays, reason);
    }

    /** The parameters of {@code trip-destination.sql} and {@code reset-destination.sql}. */
    Map<String, Object> parameters(int threshold) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("destination", destination);
        parameters.put("stateBefore", stateBefore);
        parameters.put("state", state);
        parameters.put("floorMillis", floorMillis);
        parameters.put("delays", delays.stream().map(Duration::toMillis).toArray(Long[]::new));
        parameters.put("threshold", threshold);
        parameters.put("reason", reason);
        return parameters;
    }
}
