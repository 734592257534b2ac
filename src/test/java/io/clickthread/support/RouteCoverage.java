package io.clickthread.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.CamelContextHelper;

/** Writes down every step of every route that was run, for the gate at the end of the build. */
public final class RouteCoverage implements InterceptStrategy {

    public static final Path RUN = Path.of("target/route-coverage/run.txt");
    public static final Path DEFINED = Path.of("target/route-coverage/defined.txt");
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target,
                                                 Processor nextTarget) {
        String route = CamelContextHelper.getRouteId(node);
        String step = (route == null ? "errors" : route) + " " + node.getShortName() + " line " + node.getLineNumber()
                + " " + node.getLocation();
        note(DEFINED, step);
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                note(RUN, step);
                return super.process(exchange, callback);
            }
        };
    }

    private static synchronized void note(Path file, String step) {
        if (SEEN.add(file + step)) {
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, step + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
