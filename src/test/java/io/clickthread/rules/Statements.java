package io.clickthread.rules;

import io.clickthread.rules.RouteFile.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every SQL statement has, and every endpoint that runs one. */
final class Statements {

    private static final Pattern FILE = Pattern.compile("sql(?:-batch)?:classpath:sql/([a-z0-9-]+)\\.sql");

    private Statements() {
    }

    static List<String> isAFile(Bundle bundle) {
        return both(bundle.found(io.clickthread.check.Statements::exist),
                sql(bundle, endpoint -> nameIn(endpoint) != null, "sql:classpath:sql/*.sql"));
    }

    static List<String> countsItsParameters(Bundle bundle) {
        return both(bundle.found(io.clickthread.check.Statements::takeTheirParameters),
                sql(bundle, endpoint -> endpoint.parameters().containsKey("parametersCount"),
                        "has parametersCount (Camel asks the driver on every call without it)"));
    }

    static List<String> beginsWithItsPromise(Bundle bundle) {
        return bundle.sql().entrySet().stream().filter(file -> !file.getValue().matches("(?s)-- \\S.{10,}"))
                .map(file -> file.getKey() + ".sql: begins with a comment that says what it promises").toList();
    }

    static List<String> isUsed(Bundle bundle) {
        Set<String> used = bundle.routes().stream().flatMap(file -> file.endpoints().stream()).map(Statements::nameIn)
                .filter(Objects::nonNull).collect(Collectors.toSet());
        return bundle.sql().keySet().stream().filter(name -> !used.contains(name) && !bundle.javaSql().contains(name))
                .map(name -> name + ".sql: no route and no class uses it").toList();
    }

    private static List<String> sql(Bundle bundle, Predicate<Endpoint> good, String rule) {
        List<String> broken = new ArrayList<>();
        for (RouteFile file : bundle.routes()) {
            file.endpoints().stream().filter(endpoint -> endpoint.has("sql")).filter(good.negate())
                    .forEach(endpoint -> broken.add(file.path() + ": " + endpoint.uri() + ": " + rule));
        }
        return broken;
    }

    private static String nameIn(Endpoint endpoint) {
        Matcher matcher = FILE.matcher(endpoint.uri());
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
