package io.clickthread.system;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
}
