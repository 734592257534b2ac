package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows bodies through the steps of all routes, as far as the methods of beans tell their types. Routes call each other, so
 * it goes round until nothing new is found. What a step does that is not known here makes the body unknown: better no fault
 * than a wrong one.
 */
final class Flow {

    private static final int ROUNDS = 12; // a call is followed so many routes deep
    private static final Set<String> LEAVE_IT = Set.of("log", "delay", "setHeader", "setHeaders", "removeHeader",
            "removeHeaders", "setProperty", "removeProperty", "removeVariable", "wireTap", "stop", "validate", "throwException",
            "setVariable", "setVariables", "threads", "throttle", "sample");

    private final Surroundings around;
    private final Map<String, Types> arriving = new HashMap<>();
    private final Map<String, Types> leaving = new HashMap<>();
    private final Map<String, Types> variables = new HashMap<>();
    private Step onStep = (file, step, body) -> { };

    /** Is told of each step with what its body may be when it begins. */
    @FunctionalInterface
    interface Step {

        void at(RouteFile file, JsonNode step, Types body);
    }

    Flow(List<RouteFile> files, Surroundings around) {
        this.around = around;
        around.called().forEach(target -> arriving.put(target, Types.UNKNOWN));
        around.variables().forEach(name -> variables.put(name, Types.UNKNOWN));
        List<Map<String, Types>> before = List.of();
        for (int round = 0; round < ROUNDS && !before.equals(List.of(arriving, leaving, variables)); round++) {
            before = List.of(Map.copyOf(arriving), Map.copyOf(leaving), Map.copyOf(variables));
            walk(files);
        }
    }

    /** What a variable may hold, whichever route set it; null if none sets it. */
    Types variable(String name) {
        return variables.get(name);
    }

    Set<String> variableNames() {
        return variables.keySet();
    }

    /** Goes through all steps once more. */
    void each(List<RouteFile> files, Step step) {
        this.onStep = step;
        walk(files);
    }

    private void walk(List<RouteFile> files) {
        for (RouteFile file : files) {
            for (JsonNode route : file.routes()) {
                String uri = route.at("/from/uri").asText(route.path("from").asText()).replaceFirst("\\?.*", "");
                Types first = uri.startsWith("direct:") ? arriving.getOrDefault(uri, Types.NONE) : Types.UNKNOWN;
                first = received(route.path("from"), first, Types.UNKNOWN);
                leaving.put(uri, steps(file, route.at("/from/steps"), first));
            }
            file.below("routeConfiguration").forEach(policy -> policy.path("onException").forEach(one ->
                    steps(file, one.path("onException").path("steps"), Types.UNKNOWN)));
        }
    }

    private Types steps(RouteFile file, JsonNode steps, Types body) {
        Types now = body;
        for (JsonNode step : steps) {
            for (Map.Entry<String, JsonNode> one : step.properties()) {
                now = step(file, one.getKey(), one.getValue(), now);
            }
        }
        return now;
    }

    private Types step(RouteFile file, String name, JsonNode step, Types body) {
        onStep.at(file, step, body);
        String sent = step.path("variableSend").asText();
        return received(step, after(file, name, step, sent.isEmpty() ? body : variables.getOrDefault(sent, Types.NONE)), body);
    }

    /** The body behind a step that may put what it brings into a variable and leave the body as it is. */
    private Types received(JsonNode step, Types brought, Types body) {
        String variable = step.path("variableReceive").asText();
        if (variable.isEmpty()) {
            return brought;
        }
        set(variable, brought);
        return body;
    }

    private Types after(RouteFile file, String name, JsonNode step, Types body) {
        String target = Targets.target(step, name, step);
        target = target == null && step.isObject() ? Targets.target(step, "uri", step.path("uri")) : target;
        if (target != null && target.startsWith("direct:")) {
            arriving.merge(target, body, Types::or);
        }
        switch (name) {
            case "setVariable" -> set(step.path("name").asText(), expression(step, body));
            case "setVariables" -> step.path("variables").forEach(one -> set(one.path("name").asText(), expression(one, body)));
            default -> { }
        }
        if (LEAVE_IT.contains(name)) {
            return body;
        }
        return switch (name) {
            case "bean" -> called(step, body);
            case "setBody" -> expression(step, body);
            case "to", "enrich" -> target != null && target.startsWith("direct:") ? leaving.getOrDefault(target, Types.NONE)
                    : Types.UNKNOWN;
            case "split" -> {
                steps(file, step.path("steps"), expression(step, body).elements());
                yield step.has("aggregationStrategy") ? Types.UNKNOWN : body;
            }
            default -> nested(file, step, body);
        };
    }

    /** A step with steps in it may run them or not. */
    private Types nested(RouteFile file, JsonNode step, Types body) {
        boolean any = step.has("steps");
        Types after = any ? body.or(steps(file, step.path("steps"), body)) : body;
        for (String part : List.of("when", "doCatch", "otherwise", "doFinally", "onFallback")) {
            JsonNode one = step.path(part);
            any |= !one.isMissingNode();
            for (JsonNode branch : one.isArray() ? one : List.of(one)) {
                onStep.at(file, branch, body);
                after = after.or(steps(file, branch.path("steps"), body));
            }
        }
        return any ? after : Types.UNKNOWN;
    }

    private void set(String name, Types types) {
        variables.merge(name, types, Types::or);
    }

    private Types called(JsonNode step, Types body) {
        Map.Entry<Class<?>, String> call = BeanCalls.call(step, around);
        if (call == null) {
            return Types.UNKNOWN;
        }
        Types found = Types.NONE;
        for (var method : BeanCalls.candidates(call.getKey(), call.getValue())) {
            found = found.or(method.getReturnType() == void.class ? body : Types.of(method.getGenericReturnType()));
        }
        return found;
    }

    private Types expression(JsonNode step, Types body) {
        JsonNode variable = step.path("variable");
        if (!variable.isMissingNode()) {
            return variables.getOrDefault(variable.path("expression").asText(variable.asText()), Types.NONE);
        }
        if (step.has("method")) {
            return called(step.path("method"), body);
        }
        String text = step.path("simple").path("expression").asText(step.path("simple").asText());
        List<Simple> parts = Simple.in(text);
        return parts.size() == 1 && parts.get(0).isAll() ? value(parts.get(0), body) : Types.UNKNOWN;
    }

    /** What an expression brings; unknown if it names what is not there. */
    Types value(Simple part, Types body) {
        Types now = part.root().equals("body") ? body
                : part.root().equals("variable") ? variables.getOrDefault(part.name(), Types.NONE) : Types.UNKNOWN;
        for (String property : part.path()) {
            Types next = Properties.of(now, property);
            if (next == null) {
                return Types.UNKNOWN;
            }
            now = next;
        }
        return now;
    }
}
