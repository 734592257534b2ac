package io.clickthread.store;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.ResourceHelper;

/** One statement and those who wait for it; all steps with the same address share it. */
public class SqlBatchEndpoint extends DefaultEndpoint {

    private final SqlBatchComponent component;
    private final String file;
    private int writers = 2;
    private int batchSize = 500;
    private String outputType = "SelectList";
    private boolean resumeInline;
    private boolean independentRows;
    private BatchedStatement statement;
    private BatchWriter writer;

    SqlBatchEndpoint(String uri, SqlBatchComponent component, String file) {
        super(uri, component);
        this.component = component;
        this.file = file;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (!outputType.equals("SelectList") && !outputType.equals("SelectOne")) {
            throw new IllegalArgumentException("outputType is SelectList or SelectOne, not " + outputType);
        }
        try (InputStream text = ResourceHelper.resolveMandatoryResourceAsInputStream(getCamelContext(), file)) {
            statement = BatchedStatement.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8), component.mapper());
        }
        writer = new BatchWriter(rows -> statement.execute(component.jdbc(), rows), writers, batchSize,
                task -> component.threads().execute(task));
    }

    @Override
    public Producer createProducer() {
        return new SqlBatchProducer(this, statement, writer);
    }

    /** Not supported: a statement that is polled is {@code sql:}. */
    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("sql-batch: is for 'to'; a route that polls a table starts with sql:");
    }

    boolean isOneAnswer() {
        return outputType.equals("SelectOne");
    }

    boolean isResumeInline() {
        return resumeInline;
    }

    boolean hasIndependentRows() {
        return independentRows;
    }

    int batchSize() {
        return batchSize;
    }

    /** Goes on elsewhere; here, if there is no thread for it. An exchange that is dropped would never be answered. */
    void resume(Runnable task) {
        try {
            component.threads().execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            task.run();
        }
    }

    /**
     * How many groups may be written at once, each by a connection of its own.
     *
     * @param writers at least 1; 2 unless set
     */
    public void setWriters(int writers) {
        this.writers = writers;
    }

    /**
     * How many rows a group takes at most, unless one exchange brings more.
     *
     * @param batchSize at least 1; 500 unless set
     */
    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    /**
     * What a row's answer is: all rows that the statement gives back for it, or the first of them.
     *
     * @param outputType {@code SelectList}, unless set, or {@code SelectOne}
     */
    public void setOutputType(String outputType) {
        this.outputType = outputType;
    }

    /**
     * Whether the exchanges of a group go on one after the other on the thread that wrote them. Saves each a change of threads;
     * only for routes that do nothing slow afterwards, because the others of the group wait for it.
     *
     * @param resumeInline false unless set
     */
    public void setResumeInline(boolean resumeInline) {
        this.resumeInline = resumeInline;
    }

    /**
     * Whether each row of a list is written or refused by itself. A refused row fails neither the list nor the exchange: its
     * answer is the exception. Long lists are written in pieces of {@code batchSize}.
     *
     * @param independentRows false unless set: all rows of a list are written, or none
     */
    public void setIndependentRows(boolean independentRows) {
        this.independentRows = independentRows;
    }
}
