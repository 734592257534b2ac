package io.clickthread.start;

import io.clickthread.check.RouteFile;
import io.clickthread.system.StartupRefused;
import java.io.PrintStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one sentence why a start ended, as the last line of what the process prints: after everything was closed, because
 * that prints, too. The stack trace is for those who ask for it, at the level DEBUG.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class StartFailures implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(StartFailures.class);

    /** Takes the place of Spring's own report, which {@link #print} makes up for. */
    @Override
    public boolean reportException(Throwable failure) {
        LOG.debug("The start failed", failure);
        return true;
    }

    /**
     * Prints why a start ended: all reasons if there are several, and the first of them in the last line.
     *
     * @param failure what ended it
     * @param out     where to
     */
    public static void print(Throwable failure, PrintStream out) {
        List<String> reasons = reasons(failure);
        reasons.stream().skip(1).forEach(out::println);
        out.println("Clickthread does not start: " + reasons.get(0)
                + (reasons.size() > 1 ? " (" + (reasons.size() - 1) + " more above)" : ""));
        out.flush();
    }

    /**
     * Why a start ended.
     *
     * @param failure what ended it
     * @return a sentence for each reason, at least one; each one line
     */
    public static List<String> reasons(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupRefused refused) {
                return refused.faults();
            }
            if (cause instanceof PortInUseException taken) {
                return List.of("port " + taken.getPort() + " is taken: stop what listens there, or set another port with "
                        + "CLICKTHREAD_MANAGEMENT_PORT");
            }
        }
        return List.of(CamelFailures.sentence(failure));
    }

    /**
     * Why Camel does not run a route.
     *
     * @param failure what it threw
     * @param files   what it was given
     * @return a sentence with file and line
     */
    public static String reason(Throwable failure, List<RouteFile> files) {
        CamelFailures.remember(files);
        return reasons(failure).get(0);
    }
}
