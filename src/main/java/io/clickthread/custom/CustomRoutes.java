package io.clickthread.custom;

import io.clickthread.system.Faults;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The routes that people put into {@code routes/custom}. Ours call them where they exist: {@code on-click}, {@code on-conversion}
 * and {@code on-outcome}. Whatever they do wrong is logged and counted, and costs nothing else.
 */
@Component("customRoutes")
public class CustomRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(CustomRoutes.class);
    private static final String FAILURES = "clickthread.custom.failures";

    private final CamelContext camel;
    private final MeterRegistry meters;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>(); // routes are not added later

    CustomRoutes(CamelContext camel, MeterRegistry meters) {
        this.camel = camel;
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
            there = camel.getRoutes().stream().anyMatch(route -> route.getEndpoint().getEndpointUri().equals("direct://" + name));
            if (camel.isStarted()) { // before, some may be missing
                known.put(name, there);
            }
        }
        return there;
    }

    /**
     * One of them failed.
     *
     * @param failure what failed; its message is not logged, because it may quote what it failed on
     * @param route   the route's id
     */
    public void failed(Exception failure, String route) {
        meters.counter(FAILURES, "route", route).increment();
        LOG.warn("The route {} of routes/custom failed: {}", route, Faults.trace(failure));
    }
}
