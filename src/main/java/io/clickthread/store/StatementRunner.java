package io.clickthread.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Runs a statement of {@code sql-batch:} on the thread that asks for it. For error policies: a route has the step. */
@Component
public class StatementRunner {

    private final JdbcTemplate jdbc;
    private final ObjectMapper mapper;
    private final Map<String, BatchedStatement> statements = new ConcurrentHashMap<>();

    StatementRunner(JdbcTemplate jdbc, ObjectMapper mapper) {
        this.jdbc = jdbc;
        this.mapper = mapper;
    }

    /**
     * Runs a statement for rows of one caller, all or none of them.
     *
     * @param file the statement's name in {@code src/main/resources/sql}, without its ending
     * @param rows at least one map or record with a value for each parameter
     * @return of each row, in their order, what the statement gave back for it first; null for nothing
     * @throws RuntimeException what the database refused, or that it is away
     */
    public List<Map<String, Object>> run(String file, List<?> rows) {
        BatchedStatement statement = statements.computeIfAbsent(file, name -> BatchedStatement.parse(Sql.read(name), mapper));
        BatchWriter writer = new BatchWriter(written -> statement.execute(jdbc, written), 1, 1, Runnable::run);
        CompletableFuture<List<BatchWriter.Answer>> done = new CompletableFuture<>();
        writer.add(rows.stream().map(statement::values).toList(), false, (answers, failure, mayStay) -> {
            if (failure == null) {
                done.complete(answers);
            } else {
                done.completeExceptionally(failure);
            }
        });
        try {
            return done.join().stream().map(answer -> answer.rows().isEmpty() ? null : answer.rows().get(0)).toList();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }
}
