package io.clickthread.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A statement that takes many rows at once: every parameter is an array, such as {@code :#messageId::text[]}, with one element a
 * row. Several statements in one file are one transaction and one round trip; the rows of the last are the answer.
 */
final class BatchedStatement {

    /** The column of an answer that says which row it is for, counted from 1. */
    static final String ROW = "row";

    /**
     * Planning takes longer than running for one row, and these statements find every row by a key: they are planned once for each
     * connection, not for each group. It holds for this transaction.
     */
    private static final String PLAN_ONCE = "select set_config('plan_cache_mode', 'force_generic_plan', true); ";

    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)--(?:\\s.*)?$"); // a text such as 'a--b' stays
    private static final Pattern PARAMETER = Pattern.compile(":#(\\w+)(?:::(\\w+)\\[\\])?");

    private final String sql;
    private final List<String> names; // each once; the order of a row's values
    private final List<String> types;
    private final int[] places;       // of each placeholder of the statement, the index of its name
    private final ObjectMapper mapper;
    private final RowValues rowValues = new RowValues();

    private BatchedStatement(String sql, List<String> names, List<String> types, int[] places, ObjectMapper mapper) {
        this.mapper = mapper;
        this.sql = sql;
        this.names = names;
        this.types = types;
        this.places = places;
    }

    /**
     * Reads a statement.
     *
     * @param text   of a file
     * @param mapper writes the values of {@code jsonb} parameters
     * @return the statement
     * @throws IllegalArgumentException if a parameter is no array, or the text has a question mark, which JDBC takes for one
     */
    static BatchedStatement parse(String text, ObjectMapper mapper) {
        Map<String, String> types = new LinkedHashMap<>();
        List<String> order = new ArrayList<>();
        String statement = COMMENT.matcher(text).replaceAll("").strip();
        if (statement.contains("?")) {
            throw new IllegalArgumentException("A statement has no '?': write jsonb_exists() and the like for PostgreSQL's operators");
        }
        Matcher parameter = PARAMETER.matcher(statement);
        String sql = parameter.replaceAll(found -> {
            String name = found.group(1);
            if (found.group(2) == null) {
                throw new IllegalArgumentException("'" + name + "' must be an array with one element a row: write :#" + name + "::text[]");
            }
            String other = types.putIfAbsent(name, found.group(2));
            if (other != null && !other.equals(found.group(2))) {
                throw new IllegalArgumentException("'" + name + "' has two types, " + other + " and " + found.group(2));
            }
            order.add(name);
            return "?::" + found.group(2) + "[]";
        });
        List<String> names = List.copyOf(types.keySet());
        return new BatchedStatement(PLAN_ONCE + sql, names, List.copyOf(types.values()), order.stream().mapToInt(names::indexOf).toArray(), mapper);
    }

    /**
     * A row's values, in the order of the statement's names.
     *
     * @param row a map or a record with a value, or null, for every name
     * @return the values
     * @throws IllegalArgumentException if one is missing, or the row is neither
     */
    Object[] values(Object row) {
        Object[] values = new Object[names.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = rowValues.get(row, names.get(i));
            values[i] = switch (types.get(i)) {
                case "text" -> text(value);
                case "jsonb" -> value == null ? null : json(value);
                default -> value;
            };
        }
        return values;
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A " + value.getClass().getSimpleName() + " cannot be written as JSON");
        }
    }

    private static String text(Object value) {
        return value == null ? null : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /**
     * Runs the statement once for all rows.
     *
     * @param jdbc where
     * @param rows at least one, each as of {@link #values}
     * @return of each row, in their order, what the statement gave back for it
     * @throws org.springframework.dao.DataAccessException what the database refused, of any of them, or that it is away
     */
    List<List<Map<String, Object>>> execute(JdbcTemplate jdbc, List<Object[]> rows) {
        List<List<Map<String, Object>>> answers = new ArrayList<>(rows.size());
        rows.forEach(row -> answers.add(new ArrayList<>(1)));
        jdbc.execute((ConnectionCallback<Void>) connection -> {
            try (PreparedStatement prepared = prepare(connection, rows)) {
                read(prepared, answers);
            }
            return null;
        });
        return answers;
    }

    private PreparedStatement prepare(Connection connection, List<Object[]> rows) throws SQLException {
        java.sql.Array[] arrays = new java.sql.Array[names.size()];
        for (int i = 0; i < arrays.length; i++) {
            Object[] column = new Object[rows.size()];
            for (int row = 0; row < column.length; row++) {
                column[row] = rows.get(row)[i];
            }
            arrays[i] = connection.createArrayOf(types.get(i), column);
        }
        PreparedStatement prepared = connection.prepareStatement(sql);
        for (int i = 0; i < places.length; i++) {
            prepared.setArray(i + 1, arrays[places[i]]);
        }
        return prepared;
    }

    private static void read(PreparedStatement prepared, List<List<Map<String, Object>>> answers) throws SQLException {
        List<Map<String, Object>> last = List.of(); // only the last statement answers
        boolean rows = prepared.execute();
        while (rows || prepared.getUpdateCount() != -1) {
            last = rows ? read(prepared.getResultSet()) : List.of();
            rows = prepared.getMoreResults();
        }
        for (Map<String, Object> row : last) {
            if (row.remove(ROW) instanceof Number of && of.intValue() >= 1 && of.intValue() <= answers.size()) {
                answers.get(of.intValue() - 1).add(row);
            } else {
                throw new IllegalStateException("An answer of the statement has no column '" + ROW
                        + "' with the number of the row that it is for");
            }
        }
    }

    private static List<Map<String, Object>> read(ResultSet result) throws SQLException {
        ColumnMapRowMapper mapper = new ColumnMapRowMapper();
        List<Map<String, Object>> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(mapper.mapRow(result, rows.size()));
        }
        return rows;
    }
}
