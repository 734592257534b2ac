package io.clickthread.system;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests with an {@code Idempotency-Key}.
 *
 * @param life  how long a key is known, with its answer
 * @param lease how long a request may be under way unrenewed before its process counts as dead
 */
public record IdempotencySettings(
        @DefaultValue("7d") Duration life,
        @DefaultValue("60s") Duration lease) {
}
