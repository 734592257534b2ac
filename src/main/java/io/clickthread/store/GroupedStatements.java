package io.clickthread.store;

import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Makes {@link GroupedStatement}s, so that whoever uses one need not know how a route is called. */
@Component
public class GroupedStatements {

    private final ProducerTemplate routes;

    GroupedStatements(ProducerTemplate routes) {
        this.routes = routes;
    }

    /**
     * A statement that is run for groups of requests.
     *
     * @param route   the route that runs it, for example {@code direct:record-outcomes}
     * @param writers how many groups may be written at once
     * @param names   the statement's parameters, {@code id} among them
     * @return the statement
     */
    public GroupedStatement through(String route, int writers, String... names) {
        return new GroupedStatement(routes, route, List.of(names), writers);
    }
}
