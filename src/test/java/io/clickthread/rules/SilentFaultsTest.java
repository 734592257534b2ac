package io.clickthread.rules;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.clickthread.http.Request;
import io.clickthread.support.FaultySteps;
import io.clickthread.support.Server;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Each step of each route fails with a person and secrets in the body, in the variables and in the exception's own message.
 * None of them stands in the log, as production prints it, or in an answer. The steps before the failing one are passed over;
 * what the error policies do is done.
 */
class SilentFaultsTest {

    private static final FaultySteps STEPS = new FaultySteps();
    private static final Server SERVER = Server.start(Map.of(), STEPS);
    private static final List<String> CANARIES = List.of("15550001234567", "Canary Person", "canary@example.org", "ARAcanaryclick",
            "BR.canaryuser", "canary-external-id", "EAAcanarytoken", "canary-api-key");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger own = loggers.getLogger("io.clickthread");

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        root.addAppender(log);
        own.setLevel(Level.TRACE);
    }

    @AfterEach
    void deaf() {
        root.detachAppender(log);
        own.setLevel(Level.INFO);
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void whateverStepFailsNoPersonAndNoSecretIsLoggedOrAnswered() throws Exception {
        ModelCamelContext camel = (ModelCamelContext) SERVER.context.getBean(CamelContext.class);
        Set<String> told = new TreeSet<>();
        Set<String> never = new TreeSet<>();
        int failed = 0;
        for (RouteDefinition route : camel.getRouteDefinitions()) {
            Set<String> steps = FaultySteps.steps(SERVER, List.of(route.getRouteId())).keySet();
            STEPS.passOver(steps);
            for (ProcessorDefinition<?> step : FaultySteps.ownSteps(route)) {
                NamedNode failing = step;
                while (failing instanceof ProcessorDefinition<?> one && !(failing instanceof RouteDefinition)
                        && fail(camel, route, one.getId(), told) == 0) {
                    failing = failing.getParent(); // a branch that is not taken fails where it is chosen
                }
                if (failing instanceof RouteDefinition) {
                    never.add(route.getRouteId() + " " + step.getId());
                }
                failed++;
            }
        }
        LoggerFactory.getLogger("a.logger.of.this.test").warn("the appender hears this");
        System.out.println("Silent faults: " + failed + " steps, " + log.list.size() + " log lines");
        assertThat(log.list).anyMatch(event -> event.getFormattedMessage().contains("the appender hears this"));
        SoftAssertions.assertSoftly(all -> {
            all.assertThat(told).isEmpty();
            all.assertThat(never).as("steps that could not be made to fail").isEmpty();
        });
        assertThat(failed).isGreaterThan(300);
    }

    private int fail(ModelCamelContext camel, RouteDefinition definition, String step, Set<String> told) throws Exception {
        Route route = camel.getRoute(definition.getRouteId());
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.setProperty(FaultySteps.HURRIED, true);
        exchange.getMessage().setBody(person());
        for (String variable : List.of("request", "message", "round", "mapped", "page", "entries", "candidates", "webhook")) {
            exchange.setVariable(variable, person());
        }
        exchange.setVariable("requestId", "request");
        if (definition.getRouteId().startsWith("simulate-")) {
            exchange.setVariable("request", new Request("/" + CANARIES.get(0), "/" + CANARIES.get(0), Map.of(),
                    Map.of("access_token", CANARIES.get(6)), name -> CANARIES.get(7),
                    CANARIES.get(1).getBytes(StandardCharsets.UTF_8)));
        }
        int before = log.list.size();
        STEPS.arm(step, FaultySteps.Moment.BEFORE, failing -> new IllegalStateException("Cannot use "
                + failing.getMessage().getBody() + person(), new SQLException("invalid input: " + person(), "22P02")));
        int fired;
        try {
            route.getProcessor().process(exchange);
        } finally {
            fired = STEPS.disarm();
        }
        List<String> lines = new ArrayList<>();
        for (ILoggingEvent event : log.list.subList(before, log.list.size())) {
            lines.add(event.getLoggerName() + ": " + event.getFormattedMessage() + event.getMDCPropertyMap()
                    + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        if (definition.getInput().getEndpointUri().startsWith("platform-http:") && fired > 0
                && exchange.getException() == null) { // else WebServer answers, which knows nothing of the exchange
            Object body = exchange.getMessage().getBody();
            lines.add("answer: " + (body instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : body));
        }
        for (String line : lines) {
            CANARIES.stream().filter(line::contains).findFirst().ifPresent(canary -> told.add(definition.getRouteId() + " " + step
                    + " tells " + canary + ": " + line.substring(0, Math.min(400, line.length()))));
        }
        return fired;
    }

    private static Map<String, Object> person() {
        Map<String, Object> person = new HashMap<>();
        List<String> names = List.of("phone", "name", "email", "clickId", "userId", "externalId", "accessToken", "apiKey");
        for (int i = 0; i < names.size(); i++) {
            person.put(names.get(i), CANARIES.get(i));
        }
        return person;
    }
}
