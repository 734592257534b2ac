package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Templates, and what their uses give them. */
public final class Templates {

    private Templates() {
    }

    /**
     * Every use of a template finds it and gives it what it needs.
     *
     * @param files  the route files
     * @param around what is around them
     * @return a fault for each that does not
     */
    public static List<Fault> exist(List<RouteFile> files, Surroundings around) {
        Map<String, JsonNode> templates = new HashMap<>();
        files.forEach(file -> file.below("routeTemplate").forEach(one -> templates.put(one.path("id").asText(), one)));
        List<Fault> faults = new ArrayList<>();
        for (RouteFile file : files) {
            for (JsonNode use : file.below("templatedRoute")) {
                String name = use.path("routeTemplateRef").asText();
                if (!templates.containsKey(name)) {
                    faults.add(file.fault(file.line(use, "routeTemplateRef"), "there is no routeTemplate " + name,
                            Nearest.advice(name, templates.keySet(), "write one that is there")));
                } else {
                    check(file, use, templates.get(name), faults);
                }
            }
        }
        return faults;
    }

    private static void check(RouteFile file, JsonNode use, JsonNode template, List<Fault> faults) {
        Set<String> given = names(use.path("parameters"));
        Set<String> known = names(template.path("parameters"));
        int line = file.line(use, "parameters");
        for (String name : given) {
            if (!known.contains(name)) {
                faults.add(file.fault(line, "the routeTemplate " + template.path("id").asText() + " has no parameter " + name,
                        Nearest.advice(name, known, "leave it out")));
            }
        }
        for (JsonNode parameter : template.path("parameters")) {
            String name = parameter.path("name").asText();
            if (!parameter.has("defaultValue") && parameter.path("required").asBoolean(true) && !given.contains(name)) {
                faults.add(file.fault(line == 0 ? file.line(use, "routeTemplateRef") : line, "the routeTemplate "
                        + template.path("id").asText() + " needs the parameter " + name, "add {name: " + name + ", value: …}"));
            }
        }
    }

    private static Set<String> names(JsonNode parameters) {
        Set<String> names = new TreeSet<>();
        parameters.forEach(parameter -> names.add(parameter.path("name").asText()));
        return names;
    }
}
