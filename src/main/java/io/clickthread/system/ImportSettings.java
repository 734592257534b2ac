package io.clickthread.system;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Files of conversions.
 *
 * @param maxBytes      413 above it
 * @param uploads       how many are received at once; each holds a worker
 * @param uploadTimeout how long an upload may bring nothing before what came of it is removed
 * @param uploadCheck   how often such uploads are looked for
 * @param poll          how often imports are looked for
 * @param slice         how many rows are taken at once, 1 to 1000
 * @param lease         how long a slice may take before another instance takes it up
 * @param maxOutcomes   how many outcomes of rows are kept of an import; the rest is counted
 */
public record ImportSettings(
        @DefaultValue("1073741824") long maxBytes,
        @DefaultValue("4") int uploads,
        @DefaultValue("10m") Duration uploadTimeout,
        @DefaultValue("30s") Duration uploadCheck,
        @DefaultValue("500ms") Duration poll,
        @DefaultValue("1000") int slice,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("1000000") long maxOutcomes) {
}
