package io.clickthread.graph;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * What one call may take: a time from its beginning to the last byte of its answer, however steadily that trickles in, and
 * a size of the answer, unpacked. The time of the socket begins again with every byte and bounds neither. A call that is
 * cut off was not answered: what it asked for may have happened.
 */
final class CallLimits implements ExecChainHandler {

    /** The longest answer: Meta's have a few hundred bytes. */
    static final int MOST_BYTES = 1 << 20;

    private final ScheduledThreadPoolExecutor clock;
    private final Duration total;

    /**
     * For one client.
     *
     * @param total how long a call may take
     */
    CallLimits(Duration total) {
        this.total = total;
        this.clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "graph-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true); // nearly every call ends long before
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Runnable cut = () -> ((Cancellable) scope.originalRequest).cancel();
        Future<?> deadline = clock.schedule(cut, total.toMillis(), TimeUnit.MILLISECONDS);
        boolean answered = false;
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                response.setEntity(new HttpEntityWrapper(entity) {
                    @Override
                    public InputStream getContent() throws IOException {
                        return new Answer(super.getContent(), cut, deadline);
                    }

                    @Override
                    public void close() throws IOException {
                        deadline.cancel(false);
                        super.close();
                    }
                });
                answered = true;
            }
            return response;
        } finally {
            if (!answered) {
                deadline.cancel(false);
            }
        }
    }

    private static final class Answer extends FilterInputStream {

        private final Runnable cut;
        private final Future<?> deadline;
        private int left = MOST_BYTES;

        Answer(InputStream in, Runnable cut, Future<?> deadline) {
            super(in);
            this.cut = cut;
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            left -= Math.max(0, count);
            if (left < 0) {
                cut.run(); // closing alone would read on to the end
                throw new IOException("The answer is larger than " + MOST_BYTES + " bytes");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                deadline.cancel(false);
            }
        }
    }
}
