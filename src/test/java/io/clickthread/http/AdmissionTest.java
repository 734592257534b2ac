package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.http.Admission.Limit;
import io.clickthread.system.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Three workers for the API, two requests that may wait for them, six requests in all, 100 bytes. */
class AdmissionTest {

    private final List<String> begun = new ArrayList<>();
    private final Admission admission = new Admission(new Binder(new MapConfigurationPropertySource(Map.of(
            "clickthread.http.workers", "5", "clickthread.http.webhook-workers", "2", "clickthread.http.waiting", "2",
            "clickthread.http.requests", "6", "clickthread.http.body-memory-bytes", "100",
            "clickthread.http.max-body-bytes", "60"))).bindOrCreate("clickthread", Settings.class));

    @Test
    void theApiNeverTakesTheWorkersOfWebhooks() {
        for (int i = 0; i < 5; i++) {
            assertThat(enter(true, "api" + i)).isNull();
        }

        assertThat(begun).containsExactly("api0", "api1", "api2");
        assertThat(admission.full(true, 0)).isEqualTo(Limit.WORKERS);
        assertThat(enter(true, "one too many")).isEqualTo(Limit.WORKERS);
        assertThat(admission.full(false, 0)).isNull();
        assertThat(enter(false, "webhook")).isNull();
        assertThat(begun).last().isEqualTo("webhook");
    }

    @Test
    void whoWaitsComesInTurnAndWhoHasGoneDoesNot() {
        Ticket first = admission.ticket(true);
        first.enter(() -> begun.add("first"));
        enter(true, "second");
        enter(true, "third");
        Ticket impatient = admission.ticket(true);
        impatient.enter(() -> begun.add("impatient"));
        enter(true, "patient");

        impatient.abandon();
        first.leave();

        assertThat(begun).containsExactly("first", "second", "third", "patient");
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void requestsOfAllKindsHaveALimit() {
        for (int i = 0; i < 6; i++) {
            assertThat(enter(false, "webhook")).isNull();
        }

        assertThat(admission.full(false, 0)).isEqualTo(Limit.REQUESTS);
        assertThat(enter(false, "one too many")).isEqualTo(Limit.REQUESTS);
        assertThat(admission.refused(Limit.REQUESTS)).isEqualTo(1);
    }

    @Test
    void onlyWhatHasArrivedOfABodyCounts() {
        Ticket large = admission.ticket(false);

        assertThat(admission.full(false, 60)).isNull();
        assertThat(large.hold(50)).isTrue();
        assertThat(admission.full(false, 60)).isEqualTo(Limit.BODIES);
        assertThat(admission.full(false, 50)).isNull();
        assertThat(admission.ticket(false).hold(51)).isFalse();
        large.leave();
        assertThat(admission.bytes()).isZero();
    }

    @Test
    void workHoldsItsWorkerWhenTheClientHasGone() {
        Ticket ticket = admission.ticket(true);
        ticket.hold(10);
        ticket.enter(() -> begun.add("work"));

        ticket.abandon();
        assertThat(admission.working()).isEqualTo(1);
        assertThat(admission.bytes()).isEqualTo(10);
        ticket.leave();
        everythingIsGivenBack();
    }

    @Test
    void aTicketGivesBackOnceHoweverOftenItIsSaid() {
        Ticket other = admission.ticket(true);
        other.hold(10);
        other.enter(() -> begun.add("other"));
        Ticket ticket = admission.ticket(true);
        ticket.hold(20);
        ticket.enter(() -> begun.add("work"));

        ticket.leave();
        ticket.leave();
        ticket.abandon();

        assertThat(admission.requests()).isEqualTo(1);
        assertThat(admission.working()).isEqualTo(1);
        assertThat(admission.bytes()).isEqualTo(10);
        assertThat(ticket.hold(1)).as("bytes of a body that comes after its end").isFalse();
    }

    @Test
    void manyThreadsAtOnceNeverPassALimitAndLeaveNothingBehind() throws InterruptedException {
        AtomicBoolean passed = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            threads.execute(() -> {
                for (int round = 0; round < 20_000; round++) {
                    Ticket ticket = admission.ticket(round % 3 > 0);
                    ticket.hold(ThreadLocalRandom.current().nextInt(60));
                    ticket.enter(() -> { });
                    if (admission.requests() > 6 || admission.working() > 3 || admission.waiting() > 2
                            || admission.bytes() > 100) {
                        passed.set(true);
                    }
                    ticket.abandon();
                    ticket.leave();
                }
            });
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(passed).isFalse();
        everythingIsGivenBack();
    }

    private Limit enter(boolean api, String name) {
        return admission.ticket(api).enter(() -> begun.add(name));
    }

    private void everythingIsGivenBack() {
        assertThat(admission.requests()).isZero();
        assertThat(admission.working()).isZero();
        assertThat(admission.waiting()).isZero();
        assertThat(admission.bytes()).isZero();
    }
}
