package io.clickthread.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Adds an exchange's rows to those that are waiting, and goes on with it once they are durable. Only a thread that executes a
 * statement waits for it, and goes on with an exchange of its own; the others hold no thread.
 */
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
        List<?> rows = body instanceof List<?> many ? many : Collections.singletonList(body);
        if (rows.isEmpty()) {
            callback.done(true);
            return true;
        }
        Passage passage = new Passage(Thread.currentThread());
        try {
            write(rows, 0, new ArrayList<>(rows.size()), body instanceof List, (failure, mayStay) -> {
                if (failure != null) {
                    exchange.setException(failure);
                }
                if (passage.isEntering()) {
                    passage.isOver = true;
                } else if (mayStay || endpoint.isResumeInline()) {
                    callback.done(false);
                } else {
                    endpoint.resume(() -> callback.done(false));
                }
            }, exchange);
        } catch (RuntimeException e) {
            exchange.setException(e);
            passage.isOver = true;
        }
        passage.isIn = true;
        if (passage.isOver) {
            callback.done(true);
        }
        return passage.isOver;
    }

    /** Whether the thread that brings an exchange is still in here, so that it can go on with it itself. Only this thread writes it. */
    private static final class Passage {

        private final Thread thread;
        private boolean isIn;
        private boolean isOver;

        Passage(Thread thread) {
            this.thread = thread;
        }

        boolean isEntering() {
            return Thread.currentThread() == thread && !isIn;
        }
    }

    private interface Done {
        void done(RuntimeException failure, boolean mayStay);
    }

    /** Writes rows from one on; those of a list that are independent piece by piece. Throws only before anything is under way. */
    private void write(List<?> rows, int from, List<Object> answers, boolean isList, Done done,
                       Exchange exchange) {
        boolean independent = isList && endpoint.hasIndependentRows();
        int to = independent ? Math.min(rows.size(), from + endpoint.batchSize()) : rows.size();
        List<Object[]> values = new ArrayList<>(to - from);
        rows.subList(from, to).forEach(row -> values.add(statement.values(row)));
        writer.add(values, independent, (found, failure, mayStay) -> {
            if (failure != null) {
                done.done(from == 0 ? failure : SqlStates.storedInPart(failure), mayStay);
                return;
            }
            found.forEach(answer -> answers.add(answer.refusal() != null ? answer.refusal() : one(answer.rows())));
            if (to == rows.size()) {
                exchange.getMessage().setBody(isList ? answers : answers.get(0));
                done.done(null, mayStay);
                return;
            }
            try {
                write(rows, to, answers, isList, done, exchange);
            } catch (RuntimeException e) {
                done.done(e, mayStay);
            }
        });
    }

    private Object one(List<Map<String, Object>> answer) {
        return !endpoint.isOneAnswer() ? answer : answer.isEmpty() ? null : answer.get(0);
    }
}
