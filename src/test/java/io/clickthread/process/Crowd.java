package io.clickthread.process;

import io.clickthread.support.RawClient;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Many clients, each with a connection: half of what they send are conversions, half webhooks with an ad click, one in
 * fifty a webhook of 1 to 3 MB. They do not heed {@code Retry-After}.
 */
final class Crowd {

    /** How often each status was answered; 0 for a connection that broke. */
    final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    /** Refusals without {@code Retry-After}. */
    final AtomicInteger rude = new AtomicInteger();
    /** The phones of acknowledged clicks; the click id is {@code "clid-"} and the phone. */
    final Set<String> clicks = ConcurrentHashMap.newKeySet();
    /** The event ids of acknowledged conversions. */
    final Set<String> conversions = ConcurrentHashMap.newKeySet();
    /** When the last answer came that was a refusal or took more than two seconds, in nanoTime; 0 for never. */
    final AtomicLong lastBad = new AtomicLong();

    private final int port;
    private final String accountId;
    private final String phoneNumberId;
    private final List<String> phones;
    private volatile int largeEvery = 50;

    Crowd(int port, String accountId, String phoneNumberId, List<String> phones) {
        this.port = port;
        this.accountId = accountId;
        this.phoneNumberId = phoneNumberId;
        this.phones = phones;
    }

    /** Sends for a time, this many requests a second or, if the answers come too late for that, fewer. */
    void send(int clients, double perSecond, Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        for (int i = 0; i < clients; i++) {
            threads.execute(() -> {
                RawClient connection = null;
                for (;;) {
                    int number = next.getAndIncrement();
                    long due = begin + (long) (number / perSecond * 1e9);
                    LockSupport.parkNanos(due - System.nanoTime());
                    if (Math.max(due, System.nanoTime()) - begin > time.toNanos()) {
                        break;
                    }
                    connection = send(number, connection);
                }
                close(connection);
            });
        }
        threads.shutdown();
        if (!threads.awaitTermination(time.toSeconds() + 40, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Requests hang");
        }
    }

    /** Of how many requests one is large; 50 if not said. */
    void largeOnes(int every) {
        largeEvery = every;
    }

    /** All answers so far. */
    int total() {
        return answers.values().stream().mapToInt(count -> count).sum();
    }

    private RawClient send(int number, RawClient kept) {
        RawClient connection = kept;
        boolean large = number % largeEvery == 0;
        long begin = System.nanoTime();
        Reply reply = null;
        try {
            connection = kept == null ? new RawClient(port) : kept;
            reply = number % 2 == 0 && !large ? convert(connection, number) : click(connection, large);
        } catch (IOException e) {
            close(connection);
            connection = null;
        }
        int status = reply == null ? 0 : reply.status();
        answers.merge(status, 1, Integer::sum);
        if (status >= 300 && reply.header("Retry-After") == null) {
            rude.incrementAndGet();
        }
        long end = System.nanoTime();
        if (status < 200 || status >= 300 || end - begin > 2_000_000_000L) {
            lastBad.accumulateAndGet(end, Math::max);
        }
        return connection;
    }

    private Reply convert(RawClient connection, int number) throws IOException {
        String eventId = "order-" + Webhooks.unique();
        byte[] body = Server.json(Map.of("accountId", accountId, "phoneE164",
                phones.get(number % phones.size()), "eventName", "Purchase", "eventId",
                eventId, "value", 19.99, "currency", "EUR"));
        Reply reply = connection.fresh().key().head("POST /api/v1/whatsapp/conversions", body.length).send(body).reply();
        if (reply.status() == 200 || reply.status() == 202) {
            conversions.add(eventId);
        }
        return reply;
    }

    private Reply click(RawClient connection, boolean large) throws IOException {
        String from = Webhooks.phone();
        List<Map<String, Object>> messages = new ArrayList<>();
        messages.add(Webhooks.click(from, "clid-" + from, TestAccount.now()));
        for (int kilobytes = large ? ThreadLocalRandom.current().nextInt(1000, 2800) : 0; kilobytes > 0; kilobytes -= 4) {
            Map<String, Object> text = Webhooks.text(from, TestAccount.now());
            text.put("text", Map.of("body", "x".repeat(3500)));
            messages.add(text);
        }
        byte[] body = Server.json(Webhooks.of(phoneNumberId, messages));
        Reply reply = connection.fresh().header("X-Hub-Signature-256", Webhooks.signature(body, Server.APP_SECRET))
                .head("POST /webhooks/meta", body.length).send(body).reply();
        if (reply.status() == 200) {
            clicks.add(from);
        }
        return reply;
    }

    private static void close(RawClient connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
