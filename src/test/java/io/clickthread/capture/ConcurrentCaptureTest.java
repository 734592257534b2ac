package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Meta delivers at the same time, and more than once. */
class ConcurrentCaptureTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final long now = TestAccount.now();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void theSameWebhooksPostedAtTheSameTimeCountOnce() throws Exception {
        List<Map<String, Object>> messages = IntStream.range(0, 20)
                .mapToObj(i -> Webhooks.click(Webhooks.phone(), "clid-" + i, now)).toList();
        List<Callable<Integer>> posts = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            messages.forEach(message -> posts.add(() -> account.receive(message).status()));
        }

        assertThat(run(posts)).containsOnly(200);

        assertThat(count("select count(*) from click where account_id = ?")).isEqualTo(20);
        assertThat(count("select count(*) from conversation where account_id = ?")).isEqualTo(20);
    }

    @RepeatedTest(5)
    void theSameClickUnderManyMessageIdsAtTheSameTimeIsOneAndNothingIsKept() throws Exception {
        int kept = server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
        String phone = Webhooks.phone();
        List<Callable<Integer>> posts = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            posts.add(() -> account.receive(Webhooks.click(phone, "the-click", now)).status());
        }

        assertThat(run(posts)).containsOnly(200);

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class)).isEqualTo(kept);
    }

    @RepeatedTest(5)
    void contactsThatAreJoinedWhileTheirClicksArriveLoseNone() throws Exception {
        int kept = server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
        List<Callable<Integer>> posts = new ArrayList<>();
        List<String> phones = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String phone = Webhooks.phone();
            phones.add(phone);
            for (int j = 0; j < 8; j++) {
                Map<String, Object> message = Webhooks.click(phone, "clid-" + j, now - j);
                if (j % 3 != 1) {
                    message.put("from_user_id", "US." + phone);
                }
                if (j % 3 == 2) {
                    message.remove("from");
                }
                posts.add(() -> account.receive(message).status());
            }
        }
        java.util.Collections.shuffle(posts);

        List<Integer> statuses = run(posts);

        assertThat(statuses).isSubsetOf(200, 503); // 503: asked to come again, as after a deadlock
        assertThat(statuses).filteredOn(status -> status == 503).as("requests sent away").hasSizeLessThan(5);
        if (!statuses.contains(503)) {
            phones.forEach(phone -> assertThat(account.convert(phone, "Purchase", phone).status()).isEqualTo(200));
            assertThat(count("select count(*) from click where account_id = ?")).isEqualTo(48);
            assertThat(server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class))
                    .as("quarantined webhooks").isEqualTo(kept);
        }
    }

    private List<Integer> run(List<Callable<Integer>> posts) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> future : threads.invokeAll(posts)) {
            statuses.add(future.get());
        }
        return statuses;
    }

    private int count(String sql) {
        return server.database().queryForObject(sql, Integer.class, account.id);
    }
}
