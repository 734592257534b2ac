package io.clickthread.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Adds an exchange's rows to those that are waiting, and goes on with it once they are durable. No thread waits meanwhile. */
final class SqlBatchProducer extends DefaultAsyncProducer {

    private final SqlBatchEndpoint endpoint;
    private final BatchedStatement statement;
    private final BatchWriter writer;

    SqlBatchProducer(SqlBatchEndpoint endpoint, BatchedStatement statement, BatchWriter writer) {
        super(endpoint);
        this.endpoint = endpoint;
        this.statement = statement;
        this.writer = writer;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Object body = exchange.getMessage().getBody();
        List<Object[]> rows = new ArrayList<>();
        try {
            for (Object row : body instanceof List<?> many ? many : List.of(body)) {
                rows.add(statement.values(row));
            }
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        if (rows.isEmpty()) {
            exchange.getMessage().setBody(List.of());
            callback.done(true);
            return true;
        }
        writer.add(rows, (answers, failure) -> {
            if (failure != null) {
                exchange.setException(failure);
            } else {
                exchange.getMessage().setBody(body instanceof List ? all(answers) : one(answers.get(0)));
            }
            if (endpoint.isResumeInline()) {
                callback.done(false);
            } else {
                endpoint.resume(() -> callback.done(false));
            }
        });
        return false;
    }

    private List<Object> all(List<List<Map<String, Object>>> answers) {
        List<Object> all = new ArrayList<>(answers.size());
        answers.forEach(answer -> all.add(one(answer)));
        return all;
    }

    private Object one(List<Map<String, Object>> answer) {
        return !endpoint.isOneAnswer() ? answer : answer.isEmpty() ? null : answer.get(0);
    }
}
