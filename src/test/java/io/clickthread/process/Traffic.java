package io.clickthread.process;

import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What the world sends: ad clicks and conversions, written down once they are acknowledged. What is not acknowledged is
 * sent again, as Meta and a shop do it.
 */
final class Traffic {

    private static final int SENDERS = 6;

    /** The first click of a contact, by phone. */
    final Map<String, String> firstClicks = new ConcurrentHashMap<>();
    /** Later clicks, by phone. */
    final Map<String, String> laterClicks = new ConcurrentHashMap<>();
    /** The event ids of conversions. */
    final Set<String> conversions = ConcurrentHashMap.newKeySet();

    private final Queue<Sending> unacknowledged = new ConcurrentLinkedQueue<>();
    private final String accountId;
    private final String phoneNumberId;
    private ServerProcess server;
    private volatile boolean over;
    private ExecutorService senders;

    /** One request, what is true once it is acknowledged, and what comes after it. */
    private record Sending(Map<String, ?> body, boolean isWebhook, Runnable acknowledged, Runnable next) {
    }

    Traffic(String accountId, String phoneNumberId) {
        this.accountId = accountId;
        this.phoneNumberId = phoneNumberId;
    }

    /** Sends from several threads until {@link #stop}. */
    void start(ServerProcess to) {
        server = to;
        over = false;
        senders = Executors.newFixedThreadPool(SENDERS);
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> {
                while (!over) {
                    contact();
                }
            });
        }
    }

    void stop() {
        over = true;
        senders.shutdown();
        try {
            if (!senders.awaitTermination(40, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Requests hang");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends again what was not acknowledged, once. */
    void repeat(ServerProcess to) {
        server = to;
        over = true;
        for (int left = unacknowledged.size(); left > 0; left--) {
            send(unacknowledged.poll());
        }
    }

    int unacknowledged() {
        return unacknowledged.size();
    }

    private void contact() {
        String phone = Webhooks.phone();
        String first = "first-" + phone;
        send(new Sending(click(phone, first), true, () -> firstClicks.put(phone, first), () -> {
            convert(phone, "sale-" + phone);
            String later = "later-" + phone;
            send(new Sending(click(phone, later), true, () -> laterClicks.put(phone, later), () -> { }));
            convert(phone, "resale-" + phone);
        }));
    }

    private Map<String, ?> click(String phone, String clickId) {
        return Webhooks.of(phoneNumberId, List.of(Webhooks.click(phone, clickId, TestAccount.now()),
                Webhooks.text(Webhooks.phone(), TestAccount.now())));
    }

    private void convert(String phone, String eventId) {
        Map<String, ?> body = Map.of("accountId", accountId, "phoneE164", phone, "eventName", "Purchase",
                "eventId", eventId, "value", 19.99, "currency", "EUR");
        send(new Sending(body, false, () -> conversions.add(eventId), () -> { }));
    }

    private void send(Sending sending) {
        int status;
        try {
            status = (sending.isWebhook() ? server.webhook(sending.body())
                    : server.post("/api/v1/whatsapp/conversions", sending.body())).statusCode();
        } catch (IOException e) {
            status = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (status == 200 || status == 202 && !sending.isWebhook()) {
            sending.acknowledged().run();
            if (!over) {
                sending.next().run();
            }
        } else {
            unacknowledged.add(sending);
        }
    }
}
