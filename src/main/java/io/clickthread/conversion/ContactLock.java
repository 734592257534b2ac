package io.clickthread.conversion;

import io.clickthread.system.Settings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Lets requests for the same contact go one after the other, so that each hears what Meta says instead of being queued
 * behind the one beside it. A courtesy within one process: the order itself is kept by the database. Who has waited too
 * long goes on all the same and is queued. A request holds its contact until it is answered, and no thread while it waits.
 */
@Component("contactLock")
public class ContactLock extends AsyncProcessorSupport implements DisposableBean {

    private final Map<String, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final long patienceMillis;
    /** As many as go on at a time. Not of a route, which may be replaced while the lock stays. */
    private final ExecutorService threads = Executors.newCachedThreadPool(new CustomizableThreadFactory("contact-lock-"));

    ContactLock(Settings settings) {
        this.patienceMillis = settings.delivery().turnWait().toMillis();
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }

    /**
     * Goes on once no other request for the contact is on its way to Meta.
     *
     * @param exchange with a {@link NewConversion} as its body
     * @param callback told once it goes on
     * @return whether it goes on at once
     */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        NewConversion conversion = exchange.getMessage().getBody(NewConversion.class);
        if (conversion.leaseMillis() == null) { // left to the background
            callback.done(true);
            return true;
        }
        return goOn(exchange, conversion.accountId() + "/" + conversion.aliases().stream().map(one -> one.kind() + one.value()).toList(),
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis), true, callback);
    }

    private boolean goOn(Exchange exchange, String contact, long giveUp, boolean sync, AsyncCallback callback) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = running.putIfAbsent(contact, mine);
        long left = giveUp - System.nanoTime();
        if (other != null && left > 0) {
            other.copy().completeOnTimeout(null, left, TimeUnit.NANOSECONDS).whenComplete((nothing, failure) ->
                    threads.execute(() -> goOn(exchange, contact, giveUp, false, callback)));
            return false;
        }
        if (other == null) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    running.remove(contact, mine);
                    mine.complete(null);
                }
            });
        }
        callback.done(sync);
        return sync;
    }
}
