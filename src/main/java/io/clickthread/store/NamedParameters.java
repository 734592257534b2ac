package io.clickthread.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;

/**
 * How {@code sql:} steps take {@code :#name}: from the body's map and from nowhere else. Camel's own way searches the
 * whole statement with regular expressions at every execution, and falls back to headers, where a caller's values may
 * be; this one reads a statement once.
 */
final class NamedParameters extends DefaultSqlPrepareStatementStrategy {

    private static final Pattern NAME = Pattern.compile(":\\?(\\w+)"); // what Camel makes of :#name when it loads a file

    private final Map<String, Statement> statements = new ConcurrentHashMap<>();
    private final RowValues rowValues = new RowValues();

    @Override
    public String prepareQuery(String query, boolean allowNamedParameters, Exchange exchange) {
        return statement(query).sql();
    }

    @Override
    public Iterator<?> createPopulateIterator(String query, String preparedQuery, int expectedParams, Exchange exchange,
                                              Object value) {
        Object row = value instanceof Record ? value : exchange.getContext().getTypeConverter().tryConvertTo(Map.class, value);
        List<Object> values = new ArrayList<>(expectedParams);
        for (String name : statement(query).names()) {
            values.add(rowValues.get(row, name));
        }
        return values.iterator();
    }

    private Statement statement(String query) {
        return statements.computeIfAbsent(query, NamedParameters::read);
    }

    private static Statement read(String query) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(query);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return new Statement(matcher.replaceAll("?"), names);
    }

    private record Statement(String sql, List<String> names) {
    }
}
