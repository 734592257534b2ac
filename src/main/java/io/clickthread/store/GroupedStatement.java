package io.clickthread.store;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/**
 * A statement that many requests run at the same time with one row each, executed once for all who wait. The route's
 * statement takes every parameter as {@code text[]}, one element a row, and answers with rows that have an {@code id}.
 */
public final class GroupedStatement {

    private static final int RACES = 3;

    private final ProducerTemplate routes;
    private final String route;
    private final List<String> names;
    private final GroupCommit<Map<String, Object>, Map<Object, Map<String, Object>>> commits;

    GroupedStatement(ProducerTemplate routes, String route, List<String> names, int writers) {
        this.routes = routes;
        this.route = route;
        this.names = names;
        this.commits = new GroupCommit<>(writers, 500, this::write, SqlStates::isDataFault);
    }

    /**
     * Runs the statement with one row, together with the rows of others; returns once all of them are durable.
     *
     * @param row a value or null for each parameter; {@code id} is unlike those of all other rows
     * @return what the statement answered for this {@code id}, or null if nothing
     * @throws RuntimeException what the database refused of this row, or that it is away
     */
    public Map<String, Object> run(Map<String, Object> row) {
        return commits.append(List.of(row)).get(row.get("id"));
    }

    /**
     * Runs the statement with many rows of one caller, all or none of them.
     *
     * @param rows at least one, each as for {@link #run}
     * @return what the statement answered, by {@code id}; rows of others may be among it
     * @throws RuntimeException what the database refused of these rows, or that it is away
     */
    public Map<Object, Map<String, Object>> runAll(List<Map<String, Object>> rows) {
        return commits.append(rows);
    }

    private Map<Object, Map<String, Object>> write(List<Map<String, Object>> rows) {
        for (int left = RACES; ; left--) {
            try {
                return writeOnce(rows);
            } catch (RuntimeException e) {
                if (left == 0 || !SqlStates.isRace(e)) {
                    throw e;
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Map<Object, Map<String, Object>> writeOnce(List<Map<String, Object>> rows) {
        Map<String, Object> parameters = new HashMap<>();
        for (String name : names) {
            parameters.put(name, rows.stream().map(row -> text(row.get(name))).toArray(String[]::new));
        }
        Map<Object, Map<String, Object>> answers = new HashMap<>();
        try {
            for (Object answer : routes.requestBody(route, parameters, List.class)) {
                answers.put(((Map<String, Object>) answer).get("id"), (Map<String, Object>) answer);
            }
        } catch (CamelExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return answers;
    }

    private static String text(Object value) {
        return value == null ? null : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
