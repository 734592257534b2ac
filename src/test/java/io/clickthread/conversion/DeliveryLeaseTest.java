package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.http.ApiResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A process that stood still for longer than its lease. */
class DeliveryLeaseTest {

    private final Conversion conversion = new Conversion("6b031090b87cc915051bc561", "account", "conversation", "dataset",
            "waba", "click", "Purchase", "event", 0, null, null, null, null, null, null, null, null, Instant.EPOCH, 1, 0, null);

    @Test
    void whatWasNotSentInTimeIsNotSentAnyMore() {
        assertThat(delivery(60_000_000_000L).isOpen()).isTrue();
        assertThat(delivery(-1).isOpen()).isFalse();
    }

    @Test
    void itsCallerIsToldWhereToLook() {
        ApiResponse answer = new ConversionResponses().first(delivery(-1));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(((Map<?, ?>) answer.body()).get("status")).isEqualTo("queued");
        assertThat(answer.headers().get("Location")).endsWith(conversion.id());
    }

    private DeliveryBatch delivery(long leaseNanos) {
        return new DeliveryBatch(1, "active", false, leaseNanos, List.of(conversion));
    }
}
