package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.http.Request;
import io.clickthread.store.StatementRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestPropertySource;

/**
 * The routes themselves, without a database, an HTTP server or a broker. What a route starts from outside is replaced by
 * {@code direct:from-<its id>}; statements, calls to Meta and queues end in mocks that answer as the test says; everything
 * between is what runs in the server. One Camel context serves all of these tests.
 */
@CamelSpringBootTest
@UseAdviceWith
@ExtendWith(EveryRouteIsRun.class)
@SpringBootTest(classes = RoutesWithoutServers.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@TestPropertySource("/routes-without-servers.properties")
abstract class RouteTest {

    private static final String[] OUTSIDE = {"sql:*", "sql-batch:*", "https:*", "seda:*"};
    private static final String INSIDE = "direct:*";

    @Autowired
    ModelCamelContext camel;
    @Autowired
    ProducerTemplate routes;
    @Autowired
    ObjectMapper mapper;
    @Autowired
    Trail trail;
    @Autowired
    World world;
    /** What error policies ask the database. */
    @Autowired
    StatementRunner statements;

    @BeforeEach
    final void begin() throws Exception {
        if (!camel.isStarted()) {
            advise();
            camel.start();
        }
        MockEndpoint.resetMocks(camel);
        Mockito.reset(statements);
        trail.leave();
    }

    private void advise() throws Exception {
        for (RouteDefinition route : List.copyOf(camel.getRouteDefinitions())) {
            if (!route.getInput().getEndpointUri().startsWith("direct:")) {
                AdviceWith.adviceWith(camel, route.getRouteId(), false, advice -> advice.replaceFromWith(from(route.getRouteId())));
            }
        }
        AdviceWith.adviceWith(camel, "capture-clicks", false, advice -> { // of any route: they are mocked for all
            for (String pattern : OUTSIDE) {
                advice.mockEndpointsAndSkip(pattern);
            }
            advice.mockEndpoints(INSIDE);
        });
    }

    private static String from(String route) {
        return "direct:from-" + route;
    }

    /** Hands a body to what a route starts from outside, or to a {@code direct:} route by its address. */
    Exchange run(String route, Object body) {
        return routes.send(route.startsWith("direct:") ? route : from(route), exchange -> exchange.getMessage().setBody(body));
    }

    /** The body that a route leaves. */
    Object result(String route, Object body) {
        Exchange done = run(route, body);
        assertThat(done.getException()).isNull();
        return done.getMessage().getBody();
    }

    /** What an HTTP route answers. */
    Answer answer(String route, Request request) {
        Exchange done = run(route, request);
        assertThat(done.getException()).as("an HTTP route answers, whatever fails").isNull();
        return Answer.of(done);
    }

    /** The mock that stands for a statement, by the name of its file. */
    MockEndpoint statement(String name) {
        String batched = "mock:sql-batch:classpath:sql/" + name + ".sql";
        String uri = camel.hasEndpoint(batched) != null ? batched : "mock:sql:classpath:sql/" + name + ".sql";
        assertThat(camel.hasEndpoint(uri)).as("a step that runs " + name).isNotNull();
        return camel.getEndpoint(uri, MockEndpoint.class);
    }

    /** The mock that stands for, or hears of, another endpoint. */
    MockEndpoint mock(String uri) {
        assertThat(camel.hasEndpoint("mock:" + uri)).as("a step that goes to " + uri).isNotNull();
        return camel.getEndpoint("mock:" + uri, MockEndpoint.class);
    }

    /** Lets a statement answer what becomes of its body. */
    void answers(String statement, UnaryOperator<Object> answer) {
        statement(statement).whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(answer.apply(exchange.getMessage().getBody())));
    }

    /** Lets a batched statement answer each of its rows. */
    void answersEach(String statement, UnaryOperator<Object> answer) {
        answers(statement, rows -> {
            List<Object> each = new ArrayList<>(); // of which some may be null
            ((List<?>) rows).forEach(row -> each.add(answer.apply(row)));
            return each;
        });
    }

    /** Lets a statement fail. */
    void fails(String statement, RuntimeException failure) {
        statement(statement).whenAnyExchangeReceived(exchange -> {
            throw failure;
        });
    }

    /** What a mock was given, in the order of the calls. */
    static List<Object> given(MockEndpoint mock) {
        return mock.getReceivedExchanges().stream().map(exchange -> exchange.getIn().getBody()).toList();
    }

    /** The only thing that a statement was given. */
    Object given(String statement) {
        List<Object> all = given(statement(statement));
        assertThat(all).as("how often " + statement + " is run").hasSize(1);
        return all.get(0);
    }

    /** The rows of the only call of a batched statement. */
    @SuppressWarnings("unchecked")
    <T> List<T> rows(String statement) {
        return (List<T>) given(statement);
    }
}
