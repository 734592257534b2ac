package io.clickthread.reload;

import io.clickthread.http.HeldRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Puts routes in others' places while nothing runs: requests wait in {@link HeldRequests}, timers, queues and topics are suspended, and
 * what was under way ends first. It stops the whole server for a moment because Camel cannot close a {@code direct:} route alone: of
 * several callers only the first waits for the new consumer, and the others still go to the one that was removed.
 */
@Component
@Profile("local")
class RouteSwap {

    private static final Duration PATIENCE = Duration.ofSeconds(15); // Meta may take 10
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int QUIET_LOOKS = 10; // a timer may be on its way in, and not counted yet

    private final CamelContext camel;
    private final HeldRequests requests;

    RouteSwap(CamelContext camel, HeldRequests requests) {
        this.camel = camel;
        this.requests = requests;
    }

    /** What is done while nothing runs. */
    @FunctionalInterface
    interface Work {

        /** Replaces routes with {@link RouteSwap#put}. */
        void run() throws Exception;
    }

    /**
     * Does something while nothing runs.
     *
     * @param work what to do
     * @throws NotReloaded if what is under way does not end; nothing was done then
     * @throws Exception   whatever the work throws
     */
    void alone(Work work) throws Exception {
        List<Consumer> suspended = new ArrayList<>();
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            boolean quiet = requests.hold(PATIENCE);
            camel.getRoutes().stream().map(Route::getConsumer).filter(RouteSwap::startsByItself).forEach(consumer -> {
                ServiceHelper.suspendService(consumer);
                suspended.add(consumer);
            });
            for (int looks = 0; quiet && looks < QUIET_LOOKS; looks = camel.getInflightRepository().size() == 0 ? looks + 1 : 0) {
                LockSupport.parkNanos(LOOK_NANOS);
                quiet = System.nanoTime() < end;
            }
            if (!quiet) {
                throw new NotReloaded("what is under way has not come to an end in " + PATIENCE.toSeconds() + " seconds: save again");
            }
            work.run();
        } finally {
            suspended.stream().filter(ServiceHelper::isSuspended).forEach(ServiceHelper::resumeService); // not those that were replaced
            requests.letGo();
        }
    }

    /**
     * Replaces, adds or removes a route, while nothing runs.
     *
     * @param id    the route's id
     * @param after what runs then; null for nothing
     * @return what ran before, to bring it back; null if there was nothing
     * @throws Exception if the new one does not start; the former one runs again
     */
    RouteDefinition put(String id, RouteDefinition after) throws Exception {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        RouteDefinition before = model.getRouteDefinition(id);
        remove(model, id);
        try {
            if (after != null) {
                model.addRouteDefinition(after);
            }
        } catch (Exception e) {
            remove(model, id);
            if (before != null) {
                model.addRouteDefinition(before);
            }
            throw e;
        }
        return before;
    }

    private void remove(Model model, String id) throws Exception {
        if (camel.getRoute(id) != null) {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
        }
        RouteDefinition definition = model.getRouteDefinition(id);
        if (definition != null) {
            model.removeRouteDefinition(definition);
        }
    }

    private static boolean startsByItself(Consumer consumer) {
        return !(consumer instanceof DirectConsumer) && !(consumer instanceof PlatformHttpConsumer);
    }
}
