package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The error policies that routes name; Camel goes without one if there is none of the name. */
public final class Policies {

    private static final String FIELD = "routeConfigurationId";

    private Policies() {
    }

    /**
     * Every error policy that a route names is there.
     *
     * @param files  the route files
     * @param around what is around them
     * @return a fault for each that is not
     */
    public static List<Fault> exist(List<RouteFile> files, Surroundings around) {
        Set<String> known = new TreeSet<>();
        files.forEach(file -> file.below("routeConfiguration").forEach(policy -> known.add(policy.path("id").asText())));
        List<Fault> faults = new ArrayList<>();
        for (RouteFile file : files) {
            List<JsonNode> routes = new ArrayList<>(file.below("route"));
            file.below("routeTemplate").forEach(template -> routes.add(template.path("route")));
            for (JsonNode route : routes) {
                if (Surroundings.isCustom(route.at("/from/uri").asText()) && !route.has(FIELD)) {
                    faults.add(file.fault(file.line(route, "id"), "it names no error policy, so Camel would log the message that it failed on",
                            "write " + FIELD + ": custom-errors"));
                }
                for (String name : route.path(FIELD).asText().split(",")) {
                    if (!name.isBlank() && !name.contains("*") && !known.contains(name.trim())) {
                        faults.add(file.fault(file.line(route, FIELD), "there is no routeConfiguration " + name.trim(),
                                Nearest.advice(name.trim(), known, "write one of those in routes/errors")));
                    }
                }
            }
        }
        return faults;
    }
}
