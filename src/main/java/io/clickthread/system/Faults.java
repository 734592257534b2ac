package io.clickthread.system;

import java.sql.SQLException;
import java.util.Set;

/**
 * What may be said of a failure in the log. An exception's message quotes whatever was at hand: Camel prints the body that an
 * expression failed on, PostgreSQL the value that it refused, a parser the text that it read. So none is printed, but those
 * of the JVM about code and PostgreSQL's state; classes and frames say where it was.
 */
public final class Faults {

    private static final int FRAMES = 12;
    private static final int CAUSES = 6;
    /** Their messages name types, methods and positions, never a value. */
    private static final Set<Class<?>> ABOUT_CODE = Set.of(NullPointerException.class, ClassCastException.class,
            IndexOutOfBoundsException.class, ArrayIndexOutOfBoundsException.class, ArithmeticException.class,
            NoSuchMethodError.class, NoClassDefFoundError.class, StackOverflowError.class, OutOfMemoryError.class);

    private Faults() {
    }

    /**
     * The kind of a failure.
     *
     * @param failure any failure, or null
     * @return the simple name of its innermost cause's class, with PostgreSQL's state if it is the database's
     */
    public static String name(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && cause.getCause() != null && cause.getCause() != cause && depth < CAUSES; depth++) {
            cause = cause.getCause();
        }
        return cause == null ? "no exception" : named(cause, cause.getClass().getSimpleName());
    }

    /**
     * Where a failure happened.
     *
     * @param failure any failure, or null
     * @return its class, that of each cause and the first frames of each, a line each; no message that may quote data
     */
    public static String trace(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            text.append(depth == 0 ? "" : "\n  caused by ").append(named(cause, cause.getClass().getName()));
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append("\n    at ").append(frames[i]);
            }
            cause = cause.getCause() == cause ? null : cause.getCause();
        }
        return text.toString();
    }

    private static String named(Throwable failure, String name) {
        return failure instanceof SQLException sql && sql.getSQLState() != null ? name + " (SQL state " + sql.getSQLState() + ")"
                : ABOUT_CODE.contains(failure.getClass()) && failure.getMessage() != null ? name + ": " + failure.getMessage()
                : name;
    }
}
