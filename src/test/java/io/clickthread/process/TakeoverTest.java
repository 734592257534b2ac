package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two instances on one database need no leader. The lease, and how often it is checked, are the defaults. */
@Tag("one-jdk")
class TakeoverTest {

    private static final int IN_FLIGHT = 8;
    private static final int QUEUED = 400;

    private static Cluster cluster;

    @BeforeAll
    static void begin() throws IOException {
        cluster = new Cluster(Path.of("target/takeover-test"), 200, "--clickthread.delivery.batch=10",
                "--clickthread.delivery.senders=2", "--clickthread.graph.response-timeout=20s");
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Test
    void twoInstancesShareWhatIsQueuedWithoutALeader() throws Exception {
        Traffic.Target target = cluster.connect();
        List<String> phones = click(target, QUEUED);
        for (String phone : phones) {
            convert(cluster.a, target, phone, "shared-" + phone, "Prefer", "respond-async");
        }

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(states(target, "shared-"))
                .isEqualTo(Map.of("delivered", (long) QUEUED)));
        assertThat(phones).allSatisfy(phone -> assertThat(cluster.meta.arrivals().get("shared-" + phone)).hasSize(1));
        for (Instance instance : cluster.instances()) {
            assertThat(phones.stream().filter(phone -> cluster.meta.arrivals().get("shared-" + phone).get(0).path()
                    .startsWith("/" + instance.name() + "/")).count()).as("what went through " + instance.name())
                    .isGreaterThan(QUEUED / 10);
        }
    }

    @Test
    void whatAKilledInstanceHadInFlightIsSettledWithin35SecondsAndTheOtherGoesOnWithTheRest() throws Exception {
        Traffic.Target target = cluster.connect();
        List<String> phones = click(target, IN_FLIGHT);
        cluster.meta.be(MetaStandIn.Mood.HANG);
        phones.forEach(phone -> CompletableFuture.runAsync(() -> convert(cluster.a, target, phone, "flight-" + phone),
                task -> new Thread(task).start()));
        Awaitility.await().atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(10)).until(() -> phones.stream()
                .allMatch(phone -> cluster.meta.arrivals().containsKey("flight-" + phone)));

        cluster.a.kill();
        long killed = System.nanoTime();
        cluster.meta.be(MetaStandIn.Mood.NORMAL);
        assertThat(states(target, "flight-")).isEqualTo(Map.of("sending", (long) IN_FLIGHT));
        phones.forEach(phone -> convert(cluster.b, target, phone, "after-" + phone, "Prefer", "respond-async"));

        Awaitility.await().atMost(Duration.ofSeconds(35).minusNanos(System.nanoTime() - killed)).untilAsserted(() ->
                assertThat(states(target, "flight-")).isEqualTo(Map.of("unknown", (long) IN_FLIGHT)));
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(states(target, "after-"))
                .isEqualTo(Map.of("delivered", (long) IN_FLIGHT)));
        assertThat(phones).as("calls that were made for what is not known").allSatisfy(phone ->
                assertThat(cluster.meta.arrivals().get("flight-" + phone)).hasSize(1));
        cluster.a.start();
        cluster.awaitReady();
    }

    /** So many contacts that came from an ad; their phones. */
    private static List<String> click(Traffic.Target target, int contacts) throws IOException, InterruptedException {
        List<String> phones = IntStream.range(0, contacts).mapToObj(i -> Webhooks.phone()).toList();
        assertThat(cluster.b.process().webhook(Webhooks.of(target.phoneNumberId(), phones.stream().map(phone ->
                Webhooks.click(phone, "clid-" + phone, TestAccount.now())).toList())).statusCode()).isEqualTo(200);
        return phones;
    }

    private static void convert(Instance instance, Traffic.Target target, String phone, String eventId, String... headers) {
        try {
            assertThat(instance.process().post("/api/v1/whatsapp/conversions", Map.of("accountId", target.accountId(),
                    "phoneE164", phone, "eventName", "LeadSubmitted", "eventId", eventId), headers).statusCode())
                    .isEqualTo(202);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Long> states(Traffic.Target target, String eventIds) {
        return cluster.postgres.jdbc().queryForList("select state from conversion where account_id = ? and event_id like ?",
                        String.class, target.accountId(), eventIds + "%").stream()
                .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
    }
}
