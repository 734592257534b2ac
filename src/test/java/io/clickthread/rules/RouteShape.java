package io.clickthread.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.check.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every route file looks like. */
final class RouteShape {

    private static final int LONGEST_FILE = 60;
    private static final int LONGEST_ROUTE = 40;
    private static final Set<String> DYNAMIC = Set.of("toD", "recipientList", "dynamicRouter", "routingSlip", "enrich",
            "pollEnrich", "poll", "wireTap", "script");
    private static final Set<String> HEADERS = Set.of("setHeader", "setHeaders", "removeHeader", "setProperty");

    private RouteShape() {
    }

    static List<String> oneRouteAFile(Bundle bundle) {
        return files(bundle, file -> file.root().size() == 1
                && file.entries().size() == 1, "holds one route, or one error policy");
    }

    static List<String> fileNameIsId(Bundle bundle) {
        return entries(bundle, (file, entry) -> entry.path("id").asText().equals(file.name())
                && file.name().matches("[a-z0-9]+(-[a-z0-9]+)*"), "id and file name are the same kebab-case words");
    }

    static List<String> oneSentence(Bundle bundle) {
        return entries(bundle, (file, entry) -> description(file, entry).matches("[A-Za-z0-9](?:[^.!?]|[.](?=\\S))*[.]")
                && (file.templated().size() == 1 || Character.isUpperCase(description(file, entry).charAt(0))),
                "description is one sentence (the use of a template has none, so there it is the comment above)");
    }

    private static String description(RouteFile file, JsonNode entry) {
        return !entry.has("routeTemplateRef") ? entry.path("description").asText()
                : file.text().lines().takeWhile(line -> line.startsWith("# ")).map(line -> line.substring(2))
                        .collect(Collectors.joining(" "));
    }

    static List<String> errorPolicyExists(Bundle bundle) {
        List<String> broken = new ArrayList<>(bundle.found(Policies::exist));
        broken.addAll(routes(bundle, (file, route) -> route.has("routeConfigurationId"),
                "has a routeConfigurationId, which names a policy of routes/errors"));
        return broken;
    }

    static List<String> errorPolicyLivesApart(Bundle bundle) {
        Set<String> policy = Set.of("doTry", "onException", "errorHandler", "onFallback", "onCompletion");
        return files(bundle, file -> file.isIn("errors") == !file.configurations().isEmpty()
                && file.stepNames().stream().noneMatch(policy::contains)
                && file.routes().stream().noneMatch(route -> policy.stream().anyMatch(route::has)),
                "error policy is in routes/errors, routes are elsewhere");
    }

    static List<String> isShort(Bundle bundle) {
        return files(bundle, file -> file.text().lines().count() <= (file.routes().isEmpty() ? LONGEST_FILE
                : LONGEST_ROUTE) && file.text().lines().allMatch(line -> line.length() <= 160), "is short");
    }

    static List<String> noStateInHeaders(Bundle bundle) {
        return files(bundle, file -> file.stepNames().stream().noneMatch(HEADERS::contains),
                "state is in variables or bodies; headers and properties leak");
    }

    static List<String> noDynamicEndpoint(Bundle bundle) {
        return files(bundle, file -> file.stepNames().stream().noneMatch(DYNAMIC::contains)
                && file.endpoints().stream().noneMatch(RouteShape::isDynamic), "what a message says never becomes an address");
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
