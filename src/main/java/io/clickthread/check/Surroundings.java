package io.clickthread.check;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What route files may name that is not in route files, as plain functions, so that a test can give any.
 *
 * @param beans      the class of a bean by its name, null if there is none
 * @param beanNames  the names of all beans, to say which one was meant
 * @param statements the text behind an address such as {@code classpath:sql/find-account.sql}, null if there is none
 * @param isSet      whether a property has a value
 * @param shipped    the ids of the routes that the program cannot do without, and the file that each is in
 * @param called     the endpoints, such as {@code direct:find-account}, that Java calls
 * @param variables  the variables that Java sets
 */
public record Surroundings(Function<String, Class<?>> beans, Set<String> beanNames, Function<String, String> statements,
                           Predicate<String> isSet, Map<String, String> shipped, Set<String> called, Set<String> variables) {

    /** The endpoints that Java calls by their name. */
    public static final Set<String> CALLED_BY_JAVA = Set.of();

    /** The names of {@code direct:} endpoints that routes call only if there is a route, which people put into {@code routes/custom}. */
    private static final Set<String> CUSTOM = Set.of("on-click", "on-conversion", "before-send", "on-outcome");

    /** The variables that Java sets. */
    public static final Set<String> SET_BY_JAVA = Set.of("requestId", "upload", "idempotencyKey", "graphStartedAt");

    /** Whether an endpoint is one that people may put a route to. */
    static boolean isCustom(String uri) {
        return uri.startsWith("direct:") && CUSTOM.contains(uri.substring("direct:".length()));
    }
}
