package io.clickthread.store;

import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes {@link GroupedStatement}s, so that whoever uses one need not know how a route is called. */
@Component
public class GroupedStatements {

    private final ProducerTemplate routes;
    private final TransactionTemplate transaction;

    GroupedStatements(ProducerTemplate routes, TransactionTemplate transaction) {
        this.routes = routes;
        this.transaction = transaction;
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
        return new GroupedStatement(routes, route, List.of(names), writers, TransactionOperations.withoutTransaction());
    }

    /**
     * Several statements that are run for groups of requests, in one transaction.
     *
     * @param route   the route that runs them and brings the answer of the last
     * @param writers how many groups may be written at once
     * @param names   the parameters that they take, {@code id} among them
     * @return the statements, as one
     */
    public GroupedStatement throughTransaction(String route, int writers, String... names) {
        return new GroupedStatement(routes, route, List.of(names), writers, transaction);
    }
}
