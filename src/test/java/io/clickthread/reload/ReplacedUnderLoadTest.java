package io.clickthread.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Whoever sends requests does not notice that the routes under them are replaced, but by a short wait. */
@Tag("one-jdk")
class ReplacedUnderLoadTest {

    /** The first route of each, and all others in the file, are replaced: HTTP, direct, seda and timer. */
    private static final Map<String, String> EDITED = Map.of("capture/receive-meta-webhooks", "receive-meta-webhook",
            "capture/capture-clicks", "capture-clicks", "conversions/accept-conversion", "accept-conversion",
            "conversions/deliver-conversions", "send-due-conversions", "conversions/call-meta", "call-graph");
    private static final int ROUNDS = 2;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong longest = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @Test
    void everyRequestIsAnsweredAsEverWhileTheRoutesThatItRunsThroughAreReplaced(@TempDir Path routes) throws Exception {
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
        FileSystemUtils.deleteRecursively(routes.resolve("custom"));
        Server server = Server.start(Map.of("clickthread.routes-dir", routes.toString(), "clickthread.routes-reload", "true"));
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            TestAccount account = TestAccount.connect(server);
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sent.add(clients.submit(() -> send(account, false)));
            }
            Future<Integer> converted = clients.submit(() -> send(account, true));
            for (int round = 1; round <= ROUNDS; round++) {
                for (Map.Entry<String, String> file : EDITED.entrySet()) {
                    replace(server, routes.resolve(file.getKey() + ".camel.yaml"), file.getValue(), "Round " + round + " of it. ");
                }
            }
            ended.set(true);
            int clicks = 0;
            for (Future<Integer> one : sent) {
                clicks += one.get();
            }
            int conversions = converted.get();
            System.out.println(clicks + " webhooks and " + conversions + " conversions while " + ROUNDS * EDITED.size()
                    + " files were saved; the longest answer took " + longest.get() + " ms");
            assertThat(wrong).isEmpty();
            assertThat(clicks).isGreaterThan(100);
            assertThat(conversions).isGreaterThan(10);
            assertThat(server.database().queryForObject("select count(*) from click", Integer.class)).isEqualTo(clicks + conversions);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(server.graph.calls(account.datasetId + "/events").stream()
                    .mapToInt(call -> call.json().path("data").size()).sum()).isEqualTo(conversions));
            assertThat(longest.get()).isLessThan(10_000);
        } finally {
            ended.set(true);
            clients.shutdownNow();
            server.stop();
        }
    }

    private static void replace(Server server, Path file, String route, String words) throws IOException {
        CamelContext camel = server.context.getBean(CamelContext.class);
        Object before = camel.getRoute(route);
        assertThat(before).as(route).isNotNull();
        Files.writeString(file, Files.readString(file).replace("    description: ", "    description: " + words));
        await().atMost(Duration.ofSeconds(60)).until(() -> camel.getRoute(route) != null
                && String.valueOf(camel.getRoute(route).getDescription()).startsWith(words));
        assertThat(camel.getRoute(route)).isNotSameAs(before);
    }

    /** Sends clicks, or one and a conversion of it, until the end; how many. */
    private int send(TestAccount account, boolean converts) {
        int sent = 0;
        for (; !ended.get(); sent++) {
            String phone = Webhooks.phone();
            long began = System.nanoTime();
            note(account.receive(Webhooks.click(phone, "ARAk-" + Webhooks.unique(), TestAccount.now())), 200, began);
            if (converts) {
                began = System.nanoTime();
                note(account.convert(phone, "Purchase", "order-" + phone), 200, began);
            }
        }
        return sent;
    }

    private void note(Server.Reply reply, int status, long began) {
        longest.accumulateAndGet((System.nanoTime() - began) / 1_000_000, Math::max);
        if (reply.status() != status) {
            wrong.add(reply.status() + " " + reply.body());
        }
    }
}
