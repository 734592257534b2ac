package io.clickthread.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Writes down every step that the routes have and every step that was run, those of error policies too, for the gate at
 * the end of the build. A step is the file and line it stands in (one line
 * less, as Camel counts, for a step in braces). Each JVM of tests begins anew.
 */
public final class RouteCoverage implements InterceptStrategy {

    /** The steps that were run. */
    public static final Path RUN = Path.of("target/route-coverage/run.txt");
    /** The steps there are. */
    public static final Path DEFINED = Path.of("target/route-coverage/defined.txt");

    private static final String PROJECT = "file:" + Path.of("").toAbsolutePath() + "/routes/";
    private static final String PACKAGED = "classpath:routes/";
    private static final Set<String> COPIES = ConcurrentHashMap.newKeySet();
    private static final Map<Path, Boolean> EDITED = new ConcurrentHashMap<>();
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target,
                                                 Processor nextTarget) {
        String file = file(node.getLocation());
        if (file == null) {
            return target; // a route that a test made up
        }
        String step = file + ":" + node.getLineNumber() + " " + node.getShortName();
        note(DEFINED, step);
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                note(RUN, step);
                return super.process(exchange, callback);
            }
        };
    }

    /** Counts the routes of a copy as those that they are copies of, except in files that a test has edited, and its folder custom. */
    static void countCopy(Path folder) {
        COPIES.add("file:" + folder.toAbsolutePath().normalize() + "/");
    }

    private static String file(String location) {
        for (String copy : COPIES) {
            if (location != null && location.startsWith(copy)) {
                String file = location.substring(copy.length());
                return file.startsWith("custom/") || isEdited(Path.of("routes", file), Path.of(location.substring("file:".length())))
                        ? null : file;
            }
        }
        for (String root : new String[] {PROJECT, PACKAGED}) {
            if (location != null && location.startsWith(root)) {
                return location.substring(root.length());
            }
        }
        return null;
    }

    private static boolean isEdited(Path file, Path copy) {
        return EDITED.computeIfAbsent(copy, path -> {
            try {
                return Files.mismatch(file, path) >= 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void note(Path file, String step) {
        if (!SEEN.contains(file + step)) {
            write(file, step);
        }
    }

    private static synchronized void write(Path file, String step) {
        try {
            if (SEEN.isEmpty()) {
                Files.createDirectories(file.getParent());
                Files.deleteIfExists(RUN);
                Files.deleteIfExists(DEFINED);
            }
            if (SEEN.add(file + step)) {
                Files.writeString(file, step + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
