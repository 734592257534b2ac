package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The expressions of steps: whether the variables and the properties that they name are there. Camel looks when a message gets
 * there, and some of these steps stand behind the commit.
 */
public final class Expressions {

    private final Flow flow;
    private final Types everything;
    private final Set<String> shipped;
    private final Set<Fault> faults = new HashSet<>();

    private Expressions(Flow flow, Types everything, Set<String> shipped) {
        this.shipped = shipped;
        this.flow = flow;
        this.everything = everything;
    }

    /**
     * Every expression finds what it names.
     *
     * @param files  the route files
     * @param around gives the beans, whose methods tell the types of bodies
     * @return a fault for each that does not
     */
    public static List<Fault> find(List<RouteFile> files, Surroundings around) {
        Flow flow = new Flow(files, around);
        Expressions check = new Expressions(flow, everything(files, around), around.shipped().keySet());
        flow.each(files, check::look);
        return new ArrayList<>(check.faults);
    }

    /** All types that the beans of the routes take and give. */
    private static Types everything(List<RouteFile> files, Surroundings around) {
        List<Types> found = new ArrayList<>();
        files.forEach(file -> file.each((owner, field, value, line) -> {
            Map.Entry<Class<?>, String> call = value.has("ref") ? BeanCalls.call(value, around) : null;
            if (call != null) {
                for (var method : BeanCalls.candidates(call.getKey(), call.getValue())) {
                    found.add(Types.of(method.getGenericReturnType()).elements());
                    for (var parameter : method.getGenericParameterTypes()) {
                        found.add(Types.of(parameter).elements());
                    }
                }
            }
        }));
        return found.stream().reduce(Types.NONE, Types::or);
    }

    /** Looks at the expressions of one step, not of those in it; a call's arguments are expressions, too. */
    private void look(RouteFile file, JsonNode step, Types body) {
        expression(file, step, body);
        step.path("variables").forEach(one -> expression(file, one, body));
        if (step.path("method").isTextual()) {
            text(file, file.line(step, "method"), step.path("method").asText(), body);
        }
        if (step.path("message").isTextual()) {
            text(file, file.line(step, "message"), step.path("message").asText(), body);
        }
    }

    private void expression(RouteFile file, JsonNode step, Types body) {
        for (String language : List.of("simple", "variable", "method", "expression")) {
            JsonNode inner = step.path(language);
            if (language.equals("variable") && !inner.isMissingNode()) {
                variable(file, file.line(step, language), inner.path("expression").asText(inner.asText()));
            } else if (language.equals("expression") && inner.isObject()) {
                expression(file, inner, body);
            } else if (language.equals("method")) {
                text(file, file.line(inner, "method"), inner.path("method").asText(), body);
            } else if (language.equals("simple")) {
                int line = inner.isObject() ? file.line(inner, "expression") : file.line(step, language);
                text(file, line, inner.isObject() ? inner.path("expression").asText() : inner.asText(), body);
            }
        }
    }

    private void text(RouteFile file, int line, String expression, Types body) {
        for (Simple part : Simple.in(expression)) {
            if (part.root().equals("variable") && !variable(file, line, part.name())) {
                continue;
            }
            Types now = flow.value(new Simple(part.root(), part.name(), List.of(), true), body);
            if (part.root().equals("exception") || now.equals(Types.NONE)) {
                continue; // what was thrown may be anything, and what nothing known leads to as well
            }
            for (String property : part.path()) {
                Types next = Properties.of(now, property);
                boolean open = now.isUnknown() || !Properties.areFinal(now);
                if (next == null ? !open || Properties.of(everything, property) == null
                        : now.isUnknown() && isOurs(file) && isNowhere(now, property)) {
                    missing(file, line, part, property, now);
                }
                now = next == null ? Types.UNKNOWN : next;
            }
        }
    }

    /** Whether all that a body can be here comes out of the program's own beans; an added route may bring anything. */
    private boolean isOurs(RouteFile file) {
        return file.routes().stream().anyMatch(route -> shipped.contains(route.path("id").asText()))
                || !file.below("routeConfiguration").isEmpty();
    }

    /** What may be anything is at least something that the beans know, as long as they are all there is. */
    private boolean isNowhere(Types now, String property) {
        return Properties.of(everything, property) == null && Properties.of(new Types(now.all(), false), property) == null
                && !property.matches("size|length|class|toString|keySet|values|isEmpty|get");
    }

    private void missing(RouteFile file, int line, Simple part, String property, Types owners) {
        Set<String> known = new TreeSet<>(Properties.names(owners.all().isEmpty() ? everything : owners));
        String where = part.root().equals("body") ? "body" : "variable." + part.name();
        faults.add(file.fault(line, "${" + where + "." + String.join(".", part.path()) + "} has no " + property,
                Nearest.like(property, known).map(near -> "write " + near).orElse("write a method of "
                        + (owners.all().isEmpty() ? "what the step before it brings" : owners.all().stream()
                                .map(type -> Types.raw(type).getSimpleName()).sorted().collect(Collectors.joining(" or "))))));
    }

    private boolean variable(RouteFile file, int line, String name) {
        if (flow.variable(name) != null || name.isEmpty()) {
            return true;
        }
        faults.add(file.fault(line, "no route sets the variable " + name,
                Nearest.advice(name, flow.variableNames(), "set it first, with setVariable")));
        return false;
    }
}
