package io.clickthread.conversion;

import io.clickthread.system.Settings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Lets requests for the same contact go one after the other, so that each hears what Meta says instead of being queued
 * behind the one beside it. A courtesy within one process: the order itself is kept by the database. Who has waited too
 * long goes on all the same and is queued.
 */
@Component("contactLock")
public class ContactLock {

    private final Map<String, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final long patienceMillis;

    ContactLock(Settings settings) {
        this.patienceMillis = settings.delivery().turnWait().toMillis();
    }

    /**
     * Waits until no other request for the contact is on its way to Meta. A turn that is never ended, because something
     * failed in between, ends by itself.
     *
     * @param parameters what {@link ConversionIntake#read} made
     * @return the same
     */
    public Map<String, Object> begin(Map<String, Object> parameters) {
        if (parameters.get("leaseMillis") == null) {
            return parameters; // left to the background
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        CompletableFuture<Void> other;
        while ((other = running.putIfAbsent(key(parameters), mine)) != null) {
            if (!waitFor(other, giveUp - System.nanoTime())) {
                return parameters;
            }
        }
        mine.whenComplete((nothing, failure) -> running.remove(key(parameters), mine));
        mine.completeOnTimeout(null, 10 * patienceMillis, TimeUnit.MILLISECONDS);
        parameters.put("turn", mine);
        return parameters;
    }

    /**
     * Lets the next request for the contact go on.
     *
     * @param parameters what {@link #begin} gave back
     */
    public static void end(Map<String, Object> parameters) {
        if (parameters.get("turn") instanceof CompletableFuture<?> mine) {
            mine.complete(null);
        }
    }

    private static String key(Map<String, Object> parameters) {
        return parameters.get("accountId") + "/" + parameters.get("aliases");
    }

    private static boolean waitFor(CompletableFuture<Void> other, long nanos) {
        try {
            other.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // completed with nothing only
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
