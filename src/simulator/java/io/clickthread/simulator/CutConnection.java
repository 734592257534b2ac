package io.clickthread.simulator;

import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Closes the caller's connection instead of answering. */
@Component("cutConnection")
@Profile("local")
class CutConnection implements Processor {

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        // Waited for, or the empty answer that follows may be faster.
        request.connection().close().toCompletionStage().toCompletableFuture().join();
        exchange.getMessage().setBody(null);
    }
}
