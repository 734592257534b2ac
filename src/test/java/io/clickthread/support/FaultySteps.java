package io.clickthread.support;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Lets one step of the running routes fail, before it does anything or after it has done all of it. The steps are those of
 * the routes' model, so that a new step is among them by itself.
 */
public final class FaultySteps implements InterceptStrategy {

    /** When a step fails. */
    public enum Moment {
        BEFORE, AFTER
    }

    
    private final Set<String> passed = new ConcurrentSkipListSet<>();
    private volatile String armed;
    private volatile Moment moment;
    private volatile Function<Exchange, Exception> fault;
    private volatile int fired;

    /** An exchange with this property passes every step of its routes but the armed one and those around it without doing it. */
    public static final String HURRIED = "hurried";
    private volatile Set<String> passedOver = Set.of();

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target, Processor next) {
        String step = node.getId();
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                passed.add(step);
                if (!step.equals(armed)) {
                    if (passedOver.contains(step) && exchange.getProperty(HURRIED) != null) {
                        callback.done(true);
                        return true;
                    }
                    return super.process(exchange, callback);
                }
                if (moment == Moment.BEFORE) {
                    raise(exchange);
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, sync -> {
                    if (exchange.getException() == null) {
                        ExchangeHelper.prepareOutToIn(exchange); // as between two steps
                        raise(exchange);
                    }
                    callback.done(sync);
                });
            }
        };
    }

    /** Lets a step fail from now on, whenever it is run. */
    public void arm(String step, Moment when, Function<Exchange, Exception> what) {
        fired = 0;
        fault = what;
        moment = when;
        armed = step;
    }

    /** Which steps hurried exchanges pass over. */
    public void passOver(Set<String> steps) {
        passedOver = steps;
    }

    /** Nothing fails any more. How often something did. */
    public int disarm() {
        armed = null;
        return fired;
    }

    /** How often the armed step has failed so far. */
    public int fired() {
        return fired;
    }

    /** The steps that are run while some work is done. */
    public Set<String> during(Runnable work) {
        passed.clear();
        work.run();
        return new TreeSet<>(passed);
    }

    /** The steps of these routes and of all that they call directly, with its route each; none of error policies. */
    public static Map<String, String> steps(Server server, List<String> routes) {
        ModelCamelContext context = (ModelCamelContext) server.context.getBean(CamelContext.class);
        Map<String, String> byStart = new TreeMap<>();
        context.getRouteDefinitions().forEach(route -> byStart.put(route.getInput().getEndpointUri(), route.getRouteId()));
        Map<String, String> steps = new TreeMap<>();
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(routes);
        while (!open.isEmpty()) {
            String id = open.pop();
            RouteDefinition route = context.getRouteDefinition(id);
            if (!seen.add(id)) {
                continue;
            }
            for (ProcessorDefinition<?> step : ownSteps(route)) {
                steps.put(step.getId(), id);
                String called = step instanceof ToDefinition to ? to.getUri()
                        : step instanceof EnrichDefinition enrich ? enrich.getExpression().getExpression() : null;
                if (called != null && byStart.containsKey(called)) {
                    open.push(byStart.get(called));
                }
            }
        }
        return steps;
    }

    /** The steps of a route, nested ones too, without those of its error policy. */
    public static List<ProcessorDefinition<?>> ownSteps(RouteDefinition route) {
        List<ProcessorDefinition<?>> steps = new ArrayList<>();
        ProcessorDefinitionHelper.filterTypeInOutputs(
                route.getOutputs().stream().filter(one -> !(one instanceof OnExceptionDefinition)).toList(),
                ProcessorDefinition.class).forEach(steps::add);
        return steps;
    }

    private synchronized void raise(Exchange exchange) {
        fired++;
        exchange.setException(fault.apply(exchange));
    }
}
