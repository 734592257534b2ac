package io.clickthread.routes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Remembers which routes were run, and which steps with an id of their own, one after the other. */
class Trail implements InterceptStrategy, RoutePolicyFactory {

    private final Set<String> routes = new ConcurrentSkipListSet<>();
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

    /** The steps that were run since the trail was left, in their order. */
    List<String> steps() {
        return List.copyOf(steps);
    }

    /** The routes that were run since {@link #forgetRoutes}. */
    Set<String> routes() {
        return new TreeSet<>(routes);
    }

    void leave() {
        steps.clear();
    }

    void forgetRoutes() {
        routes.clear();
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target, Processor next) {
        if (!(node instanceof OptionalIdentifiedDefinition<?> named && named.hasCustomIdAssigned())) {
            return target;
        }
        String step = node.getId();
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                steps.add(step);
                return super.process(exchange, callback);
            }
        };
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode definition) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route route, Exchange exchange) {
                routes.add(routeId);
            }
        };
    }
}
