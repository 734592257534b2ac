package io.clickthread.system;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The ledger of clicks.
 *
 * @param knownContacts how many contacts are remembered as known, about 150 bytes each
 * @param accountLife   how long an account is remembered before it is read again
 * @param writers       how many batches are written at once
 * @param batch         how many messages one statement takes
 */
public record CaptureSettings(
        @DefaultValue("200000") int knownContacts,
        @DefaultValue("30s") Duration accountLife,
        @DefaultValue("2") int writers,
        @DefaultValue("1000") int batch) {
}
