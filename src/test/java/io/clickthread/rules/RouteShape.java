package io.clickthread.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.check.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** What every route file looks like. */
final class RouteShape {

    private static final int LONGEST_FILE = 160;
    private static final Set<String> DYNAMIC = Set.of("toD", "recipientList", "dynamicRouter", "routingSlip", "pollEnrich", "poll",
            "script");
    private static final Set<String> HEADERS = Set.of("setHeaders", "removeHeader", "setProperty");

    private RouteShape() {
    }

    static List<String> namesAreKebabCase(Bundle bundle) {
        String kebab = "[a-z0-9]+(-[a-z0-9]+)*";
        return entries(bundle, (file, entry) -> entry.path("id").asText().matches(kebab) && file.name().matches(kebab),
                "everything has an id, and ids and file names are kebab-case words");
    }

    static List<String> oneSentence(Bundle bundle) {
        return entries(bundle, (file, entry) -> entry.has("routeTemplateRef")
                || entry.path("description").asText().matches("[A-Z](?:[^.!?]|[.](?=\\S))*[.]"),
                "description is one sentence (the use of a template has none)");
    }

    static List<String> errorPolicyExists(Bundle bundle) {
        List<String> broken = new ArrayList<>(bundle.found(Policies::exist));
        broken.addAll(routes(bundle, (file, route) -> route.has("routeConfigurationId"),
                "has a routeConfigurationId, which names a policy of routes/errors"));
        return broken;
    }

    static List<String> errorPolicyLivesApart(Bundle bundle) {
        Set<String> policy = Set.of("onException", "errorHandler", "onFallback", "onCompletion");
        return files(bundle, file -> file.isIn("errors") == !file.configurations().isEmpty()
                && file.stepNames().stream().noneMatch(policy::contains)
                && file.routes().stream().noneMatch(route -> policy.stream().anyMatch(route::has)),
                "error policy is in routes/errors, routes are elsewhere");
    }

    static List<String> isShort(Bundle bundle) {
        return files(bundle, file -> file.text().lines().count() <= LONGEST_FILE
                && file.text().lines().allMatch(line -> line.length() <= 160), "is short");
    }

    static List<String> noStateInHeaders(Bundle bundle) {
        return files(bundle, file -> file.stepNames().stream().noneMatch(HEADERS::contains)
                && file.steps("setHeader").stream().allMatch(step -> step.path("name").asText().startsWith("Camel")),
                "state is in variables or bodies; headers and properties leak, unless they are Camel's own");
    }

    static List<String> noDynamicEndpoint(Bundle bundle) {
        return files(bundle, file -> file.stepNames().stream().noneMatch(DYNAMIC::contains)
                && file.steps("enrich").stream().allMatch(step -> step.has("constant"))
                && file.endpoints().stream().noneMatch(RouteShape::isDynamic), "what a message says never becomes an address");
    }

    /** A route may go on elsewhere, while a statement runs; a timer that does not wait for it would begin the next round beside it. */
    static List<String> oneRoundAtATime(Bundle bundle) {
        return routes(bundle, (file, route) -> !route.at("/from/uri").asText().startsWith("timer:")
                || route.at("/from/parameters/synchronous").asBoolean(), "a timer is synchronous: true");
    }

    /** Where a file that was read is moved to is no address; a source chooses between two folders with it. */
    private static boolean isDynamic(RouteFile.Endpoint endpoint) {
        return Stream.concat(Stream.of(endpoint.uri()), endpoint.parameters().entrySet().stream()
                        .filter(option -> !option.getKey().equals("move")).map(java.util.Map.Entry::getValue))
                .anyMatch(text -> text.contains("${") || text.contains("$simple{"));
    }

    /** The files that do not fulfil a condition. */
    static List<String> files(Bundle bundle, java.util.function.Predicate<RouteFile> good, String rule) {
        return bundle.routes().stream().filter(good.negate()).map(file -> file.path() + ": " + rule).toList();
    }

    /** The files with a route that does not fulfil a condition. */
    static List<String> routes(Bundle bundle, BiPredicate<RouteFile, JsonNode> good, String rule) {
        return files(bundle, file -> file.routes().stream().allMatch(route -> good.test(file, route)), rule);
    }

    private static List<String> entries(Bundle bundle, BiPredicate<RouteFile, JsonNode> good, String rule) {
        return files(bundle, file -> file.entries().stream().allMatch(entry -> good.test(file, entry)), rule);
    }
}
