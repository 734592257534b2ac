package io.clickthread.process;

import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What the world sends, to whichever instance comes first: each contact clicks, buys several times, and some click again.
 * A step follows once the one before is acknowledged; what is not acknowledged is sent again, as Meta and a shop do it, and
 * some of the rest as well.
 */
final class Traffic {

    /** An account as traffic needs to know it. */
    record Target(String accountId, String phoneNumberId) {
    }

    /** One request, the same each time it is sent, and what to write down. */
    private record Step(boolean isWebhook, Map<String, ?> body, String[] headers, Runnable promised) {
    }

    private static final int SENDERS = 6;
    private static final int PAUSE_MILLIS = 15;
    private static final int LONGEST_PAUSE_MILLIS = 300;

    private final Ledger ledger;
    private final List<Instance> instances;
    private final List<Target> targets;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();

    Traffic(Ledger ledger, List<Instance> instances, List<Target> targets) {
        this.ledger = ledger;
        this.instances = instances;
        this.targets = targets;
    }

    void start(Random random) {
        for (int i = 0; i < SENDERS; i++) {
            Random own = new Random(random.nextLong());
            senders.execute(() -> {
                while (over.getCount() > 0) {
                    contact(own);
                }
            });
        }
    }

    /** Lets every contact finish what it began. */
    void finish() throws InterruptedException {
        over.countDown();
        senders.shutdown();
        if (!senders.awaitTermination(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("Requests are never acknowledged");
        }
    }

    /** How many requests were sent again because no good answer came. */
    int repeated() {
        return repeated.get();
    }

    /** How many were sent twice on purpose. */
    int duplicates() {
        return duplicates.get();
    }

    /** Answers that nobody deserved. */
    Set<String> refusals() {
        return refusals;
    }

    private void contact(Random random) {
        Target target = targets.get(random.nextInt(targets.size()));
        String phone = Webhooks.phone();
        List<Step> steps = new ArrayList<>(List.of(click(target, phone, "first-" + phone)));
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            String event = phone + "-" + steps.size() + (random.nextInt(30) == 0 ? "-" + MetaStandIn.POISON : "");
            steps.add(conversion(target, phone, event, random));
        }
        if (random.nextInt(3) == 0) {
            steps.add(1 + random.nextInt(steps.size()), click(target, phone, "later-" + phone));
        }
        for (Step step : steps) {
            if (!untilPromised(step, random)) {
                return;
            }
            if (random.nextInt(10) == 0) {
                duplicates.incrementAndGet();
                send(steps.get(random.nextInt(steps.indexOf(step) + 1)), random);
            }
        }
    }

    private Step click(Target target, String phone, String clickId) {
        return new Step(true, Webhooks.of(target.phoneNumberId(), List.of(Webhooks.click(phone, clickId, TestAccount.now()),
                Webhooks.text(Webhooks.phone(), TestAccount.now()))), new String[0], () -> ledger.click(phone, clickId));
    }

    private Step conversion(Target target, String phone, String eventId, Random random) {
        Map<String, ?> body = Map.of("accountId", target.accountId(), "phoneE164", phone, "eventName",
                random.nextBoolean() ? "Purchase" : "LeadSubmitted", "eventId", eventId, "value", 19.99, "currency", "EUR");
        String[] headers = random.nextBoolean() ? new String[] {"Prefer", "respond-async"} : new String[0];
        return new Step(false, body, headers, () -> ledger.conversion(phone, eventId));
    }

    /** False if it was refused for good. */
    private boolean untilPromised(Step step, Random random) {
        if (random.nextInt(20) == 0) {
            duplicates.incrementAndGet(); // at the same time
            Random own = new Random(random.nextLong());
            CompletableFuture.runAsync(() -> send(step, own), task -> new Thread(task, "duplicate").start());
        }
        for (int pause = PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            int status = send(step, random);
            if (status == 200 || status == 202) {
                step.promised().run();
                return true;
            }
            if (status >= 400 && status < 500 && status != 429) {
                return false;
            }
            repeated.incrementAndGet();
            pause(pause);
        }
    }

    private int send(Step step, Random random) {
        ServerProcess server = instances.get(random.nextInt(instances.size())).process();
        pause(PAUSE_MILLIS);
        try {
            var answer = step.isWebhook() ? server.webhook(step.body())
                    : server.post("/api/v1/whatsapp/conversions", step.body(), step.headers());
            if (answer.statusCode() >= 400 && answer.statusCode() != 503 && answer.statusCode() != 429) {
                refusals.add(answer.statusCode() + " " + answer.body());
            }
            return answer.statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** People are not that quick, and a dead server is no reason to burn the processor. */
    private static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
