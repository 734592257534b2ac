package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes that routes and Java call. Camel looks for them when a message gets there. */
public final class Targets {

    private static final Pattern INTERNAL = Pattern.compile("((?:direct|seda):[^?${}]+)(?:\\?.*)?", Pattern.DOTALL);

    private Targets() {
    }

    /**
     * Every call finds the route that it calls.
     *
     * @param files  the route files
     * @param around names what Java calls
     * @return a fault for each call that does not
     */
    public static List<Fault> exist(List<RouteFile> files, Surroundings around) {
        Set<String> starts = starts(files);
        List<Fault> faults = new ArrayList<>();
        for (RouteFile file : files) {
            file.each((owner, field, value, line) -> {
                String target = target(owner, field, value);
                if (target != null && !starts.contains(target) && !Surroundings.isCustom(target)) {
                    faults.add(file.fault(line, "no route starts from " + target, Nearest.advice(target, starts,
                            "write the name of one that is there, or add a route with from: " + target)));
                }
            });
        }
        around.called().stream().filter(target -> !starts.contains(target)).sorted().forEach(target -> faults.add(new Fault(
                "routes", 0, "no route starts from " + target + ", which the program calls", "bring its file back")));
        return faults;
    }

    /** Where routes start that are called from within. */
    static Set<String> starts(List<RouteFile> files) {
        Set<String> starts = new TreeSet<>();
        for (RouteFile file : files) {
            file.each((owner, field, value, line) -> {
                if (field.equals("from")) {
                    String uri = internal(value.isTextual() ? value.asText() : value.path("uri").asText());
                    if (uri != null) {
                        starts.add(uri);
                    }
                }
            });
        }
        return starts;
    }

    /** What a field calls from within, or null: the address of a step, or a constant that a step takes for one. */
    static String target(JsonNode owner, String field, JsonNode value) {
        boolean address = Set.of("to", "toD", "wireTap", "enrich", "deadLetterUri").contains(field) && value.isTextual()
                || field.equals("uri") && !owner.has("steps");
        if (address && value.isTextual()) {
            return internal(value.asText());
        }
        if (Set.of("enrich", "pollEnrich", "recipientList", "routingSlip").contains(field)) {
            JsonNode constant = value.path("constant");
            return internal(constant.isTextual() ? constant.asText() : constant.path("expression").asText());
        }
        return null;
    }

    private static String internal(String uri) {
        Matcher matcher = INTERNAL.matcher(uri.trim());
        return matcher.matches() ? matcher.group(1).replace("://", ":") : null;
    }
}
