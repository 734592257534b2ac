package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.StoredConversions;
import io.clickthread.support.TestAccount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replay of many: as many as {@code -Dreplay.events=100000} says. */
class ReplayTest {

    private static final int EVENTS = Integer.getInteger("replay.events", 12_000);

    /** With patience for a stand-in on a busy machine, whose late answers would otherwise be unknown ones. */
    private final Server server = Server.start(Map.of("clickthread.graph.response-timeout", "20s"));
    private final TestAccount account = TestAccount.connect(server);

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aReplayOfManyByTwoAtOnceReachesMetaOnceEach() throws Exception {
        StoredConversions.put(account, "d", EVENTS, "expired", "1 hour");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        long begin = System.nanoTime();
        int replayed = 0;
        try {
            Callable<Integer> call = this::replayAll;
            for (Future<Integer> one : threads.invokeAll(List.of(call, call))) {
                replayed += one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        long answered = System.nanoTime();

        assertThat(replayed).isEqualTo(EVENTS);
        await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(200))
                .until(() -> StoredConversions.count(account, "delivered") == EVENTS);
        assertThat(StoredConversions.sent(account)).hasSize(EVENTS).doesNotHaveDuplicates();
        System.out.printf("%d replayed: answered after %.1f s, all at Meta after %.1f s%n", EVENTS,
                (answered - begin) / 1e9, (System.nanoTime() - begin) / 1e9);
    }

    /** Calls again as long as an answer says that its time was up before its work; how many were replayed. */
    private int replayAll() {
        JsonNode answer;
        int replayed = 0;
        do {
            answer = server.call("POST", "/api/v1/dead-letters/replay", Map.of("accountId", account.id)).json();
            replayed += answer.path("replayed").asInt();
        } while (!answer.path("complete").asBoolean());
        return replayed;
    }
}
