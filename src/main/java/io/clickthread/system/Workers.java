package io.clickthread.system;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Threads that routes name. */
@Configuration
class Workers {

    /** Sends conversions in the background; a fixed number, so that a backlog never becomes a flood. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService senders(Settings settings) {
        return Executors.newFixedThreadPool(settings.delivery().senders(), new CustomizableThreadFactory("sender-"));
    }

    /**
     * Does what routes want done on the side, with {@code wireTap}. Whoever is too slow for it loses work, with a line in
     * the log: Camel's own pool would have the webhook's thread do it, and Meta wait for it.
     */
    @Bean(destroyMethod = "shutdown")
    ExecutorService forwarders() {
        return new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(10_000),
                new CustomizableThreadFactory("forwarder-"), (work, pool) -> LoggerFactory.getLogger(Workers.class)
                        .warn("Dropped work on the side: 10000 are waiting already"));
    }
}
