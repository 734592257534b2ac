package io.clickthread.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What every route with an HTTP address has. */
final class HttpRoutes {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    /** Commands about the one thing that the path names: it says it all, and no body is read. */
    private static final Pattern BODILESS = Pattern.compile(".*}/(replay|resume|release|cancel|resend|test)");

    private HttpRoutes() {
    }

    static List<String> namesItsMethods(Bundle bundle) {
        return http(bundle, (file, from) -> {
            String methods = option(from, "httpMethodRestrict");
            return methods.equals("{{methods}}") || List.of(methods.split(",")).stream().allMatch(METHODS::contains);
        }, "httpMethodRestrict names the methods, without spaces (Camel takes any method without it)");
    }

    static List<String> saysWhatItTakes(Bundle bundle) {
        return http(bundle, (file, from) -> {
            boolean body = List.of(option(from, "httpMethodRestrict").split(",")).stream().anyMatch(WITH_BODY::contains)
                    && !BODILESS.matcher(path(from)).matches();
            boolean json = option(from, "consumes").equals("application/json");
            return !body && !option(from, "httpMethodRestrict").equals("{{methods}}") ? option(from, "consumes").isEmpty()
                    : json || file.isIn("simulator")
                            || file.name().equals("imports") && option(from, "consumes").equals("text/csv")
                            || (file.isIn("capture") || file.isIn("sources")) && !option(from, "consumes").isEmpty();
        }, "consumes: application/json where there is a body (a webhook may take others, an import text/csv, the simulator anything), nothing where there is none");
    }

    static List<String> isGuarded(Bundle bundle) {
        return http(bundle, (file, from) -> {
            JsonNode steps = from.path("steps");
            return steps.path(0).at("/process/ref").asText().equals("readRequest")
                    && steps.path(steps.size() - 1).at("/process/ref").asText().equals("writeResponse");
        }, "begins with process readRequest, which drops the caller's headers, and ends with process writeResponse");
    }

    static List<String> isInItsPlace(Bundle bundle) {
        return http(bundle, (file, from) -> path(from).startsWith(file.isIn("simulator") ? "/simulator/" : "/api/v1/")
                || file.isIn("capture") && path(from).startsWith("/webhooks/")
                || file.isIn("sources") && path(from).startsWith("/sources/"),
                "is below /api/v1, where the key is checked; below /webhooks only in routes/capture, below /sources only in routes/sources");
    }

    static List<String> verifiesItsCaller(Bundle bundle) {
        return http(bundle, (file, from) -> path(from).startsWith("/api/v1/") || file.isIn("simulator")
                || option(from, "httpMethodRestrict").equals("GET")
                || Stream.of("/bean/method", "/setBody/method/method").map(at -> from.path("steps").path(1).at(at).asText())
                        .anyMatch(method -> method.matches("verify(\\(.*\\))?\\s*")),
                "where no key is checked, the second step is a bean's method verify, before anything is read or stored");
    }

    static List<String> sourceIsOff(Bundle bundle) {
        return RouteShape.routes(bundle, (file, route) -> {
            String uri = route.at("/from/uri").asText();
            boolean starts = file.isIn("sources") && !uri.startsWith("direct:") || path(route.path("from")).startsWith("/sources/");
            return !starts || route.path("precondition").asText().matches(
                    "\\{\\{clickthread\\.sources\\.([a-z-]+|\\{\\{source}})\\.enabled(:false)?}}");
        }, "a source has the precondition {{clickthread.sources.<name>.enabled:false}}, so that it is off until switched on");
    }

    private static List<String> http(Bundle bundle, BiPredicate<RouteFile, JsonNode> good, String rule) {
        return RouteShape.routes(bundle, (file, route) -> !path(route.path("from")).startsWith("/")
                || good.test(file, route.path("from")), rule);
    }

    /** The path of an HTTP endpoint, or an empty text. */
    private static String path(JsonNode from) {
        String uri = from.path("uri").asText();
        return uri.startsWith("platform-http:") ? uri.substring("platform-http:".length()) : "";
    }

    private static String option(JsonNode from, String name) {
        return from.path("parameters").path(name).asText("");
    }
}
