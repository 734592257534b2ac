package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What everything in route files is called. */
public final class Ids {

    /** The kinds of entries, and the field that holds the id of each. */
    private static final Map<String, String> KINDS = Map.of("route", "id", "routeTemplate", "id", "routeConfiguration", "id",
            "templatedRoute", "routeId");

    private Ids() {
    }

    /**
     * No id is given twice.
     *
     * @param files  the route files
     * @param around what is around them
     * @return a fault for each id that stands before, too
     */
    public static List<Fault> unique(List<RouteFile> files, Surroundings around) {
        List<Fault> faults = new ArrayList<>();
        all(files, faults);
        return faults;
    }

    /**
     * Every route that the program cannot do without is there.
     *
     * @param files  the route files
     * @param around names these routes
     * @return a fault for each that is missing
     */
    public static List<Fault> complete(List<RouteFile> files, Surroundings around) {
        Map<String, String> there = all(files, new ArrayList<>());
        return around.shipped().entrySet().stream().filter(route -> !there.containsKey(route.getKey()))
                .map(route -> new Fault(route.getValue(), 0, "no file that is loaded has " + route.getKey(),
                        "bring this file back, under this name; Clickthread does not run without it")).toList();
    }

    private static Map<String, String> all(List<RouteFile> files, List<Fault> twice) {
        Map<String, String> places = new HashMap<>();
        for (RouteFile file : files) {
            KINDS.forEach((kind, field) -> file.below(kind).forEach(entry -> {
                int line = file.line(entry, field);
                String id = id(entry, field);
                String before = id.isEmpty() ? null : places.putIfAbsent(id, file.path() + ":" + line);
                if (before != null) {
                    twice.add(file.fault(line, "the id " + id + " stands in " + before + ", too", "write another one"));
                }
            }));
        }
        return places;
    }

    private static String id(JsonNode entry, String field) {
        return entry.path(field).asText();
    }
}
