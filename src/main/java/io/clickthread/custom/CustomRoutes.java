package io.clickthread.custom;

import io.clickthread.system.Faults;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * The routes that people put into {@code routes/custom}. Those that are told something are called on threads of their own and with nothing but the
 * body, so that a slow one holds neither a request nor its memory. Whatever they do wrong is logged and counted.
 */
@Component("customRoutes")
public class CustomRoutes implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(CustomRoutes.class);
    private static final String FAILURES = "clickthread.custom.failures";
    private static final String DROPPED = "clickthread.custom.dropped";
    private static final int THREADS = 4;
    private static final int WAITING = 10_000;
    /** A part of the heap: the ad of a click may be long. */
    private final long waitingBytes = Runtime.getRuntime().maxMemory() / 64;

    private final CamelContext camel;
    private final ProducerTemplate routes;
    private final MeterRegistry meters;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING), new CustomizableThreadFactory("custom-"), new ThreadPoolExecutor.AbortPolicy());
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong nextDropped = new AtomicLong(System.nanoTime());
    private final AtomicLong nextFailed = new AtomicLong(System.nanoTime());

    CustomRoutes(CamelContext camel, ProducerTemplate routes, MeterRegistry meters) {
        this.camel = camel;
        this.routes = routes;
        this.meters = meters;
    }

    /**
     * Whether somebody wants to hear of something.
     *
     * @param name of the {@code direct:} endpoint, for example {@code on-click}
     * @return whether a route starts there
     */
    public boolean has(String name) {
        Boolean there = known.get(name);
        if (there == null) {
            there = camel.getRoutes().stream()
                    .anyMatch(route -> route.getEndpoint().getEndpointUri().replaceFirst("\\?.*", "").equals("direct://" + name));
            if (camel.isStarted()) { // before, some may be missing
                known.put(name, there);
            }
        }
        return there;
    }

    /** Routes came or went. */
    public void forget() {
        known.clear();
    }

    /**
     * Tells somebody, later and at most once; if too much waits, it is dropped and counted.
     *
     * @param name   of the {@code direct:} endpoint; if no route starts there, nothing happens
     * @param bodies what to tell, one by one
     */
    public void tell(String name, List<?> bodies) {
        if (bodies.isEmpty() || !has(name)) {
            return;
        }
        bodies.forEach(body -> tell(name, body, BodyWeight.of(body)));
    }

    /**
     * Asks somebody, now and on this thread.
     *
     * @param name of a {@code direct:} endpoint that a route starts from
     * @param body what it is about
     * @return the body that the route left
     * @throws Exception what a step of the route failed with; it is logged and counted
     */
    public Object ask(String name, Object body) throws Exception {
        Exchange asked = routes.request("direct:" + name, exchange -> exchange.getMessage().setBody(body));
        if (asked.getException() != null) {
            failed(asked.getException(), name);
            throw asked.getException();
        }
        return asked.getMessage().getBody();
    }

    private void tell(String name, Object body, long weight) {
        if (bytes.addAndGet(weight) > waitingBytes) {
            bytes.addAndGet(-weight);
            dropped(name);
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    tellNow(name, body);
                } finally {
                    bytes.addAndGet(-weight);
                }
            });
        } catch (RejectedExecutionException e) {
            bytes.addAndGet(-weight);
            dropped(name);
        }
    }

    private void tellNow(String name, Object body) {
        Exchange told = routes.send("direct:" + name, exchange -> exchange.getMessage().setBody(body));
        if (told.getException() != null) {
            failed(told.getException(), name);
        }
    }

    private void dropped(String name) {
        meters.counter(DROPPED, "route", name).increment();
        if (isTime(nextDropped)) {
            LOG.warn("Calls of the route {} of routes/custom are dropped: {} are waiting already, {} KB", name,
                    threads.getQueue().size(), bytes.get() / 1024);
        }
    }

    /** At most once a second; what is not logged is counted. */
    private static boolean isTime(AtomicLong next) {
        long now = System.nanoTime();
        long before = next.get();
        return now - before >= 0 && next.compareAndSet(before, now + TimeUnit.SECONDS.toNanos(1));
    }

    /**
     * One of them failed. All failures are counted, and one a second is logged.
     *
     * @param failure what failed; its message is not logged, because it may quote what it failed on
     * @param route   the route's id
     */
    public void failed(Exception failure, String route) {
        meters.counter(FAILURES, "route", route).increment();
        if (isTime(nextFailed)) {
            LOG.warn("The route {} of routes/custom failed: {}", route, Faults.trace(failure));
        }
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
