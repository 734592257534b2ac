package io.clickthread.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The properties that routes read. */
public final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([A-Za-z][A-Za-z0-9_.-]*)}}");

    private Placeholders() {
    }

    /**
     * Every property without a default has a value.
     *
     * @param files  the route files
     * @param around knows the properties
     * @return a fault for each that has none
     */
    public static List<Fault> areSet(List<RouteFile> files, Surroundings around) {
        List<Fault> faults = new ArrayList<>();
        for (RouteFile file : files) {
            Set<String> own = new HashSet<>();
            file.below("routeTemplate").forEach(template -> template.path("parameters")
                    .forEach(parameter -> own.add(parameter.path("name").asText())));
            file.each((owner, field, value, line) -> {
                Matcher matcher = PLACEHOLDER.matcher(value.isTextual() ? value.asText() : "");
                while (matcher.find()) {
                    String name = matcher.group(1);
                    if (!own.contains(name) && !around.isSet().test(name)) {
                        faults.add(file.fault(line, "the property " + name + " has no value",
                                "set it, or write a default behind a colon: {{" + name + ":…}}"));
                    }
                }
            });
        }
        return faults;
    }
}
