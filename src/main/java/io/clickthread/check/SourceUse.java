package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source that a route file brings: the use of a template that has the parameter {@code source}.
 *
 * @param name     the source's name, of which its settings and its mapping have theirs
 * @param file     the route file
 * @param required the settings that it cannot do without, for example {@code topic}
 */
public record SourceUse(String name, String file, List<String> required) {

    private static final String SOURCE = "source";
    private static final String WEBHOOK = "source-webhook";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern SETTING = Pattern.compile("\\{\\{clickthread\\.sources\\.\\{\\{source}}\\.([a-z-]+)}}");
    /** Names that other webhooks and settings have. */
    private static final Set<String> TAKEN = Set.of("meta", "webhook", "csv-folder");
    /** What a parameter of the template for webhooks may be, if not any text without quotes and expressions. */
    private static final Map<String, Pattern> VALUES = Map.of(
            "authentication", Pattern.compile("hmac-sha(1|256|512)|token|basic"),
            "encoding", Pattern.compile("hex|base64"),
            "header", Pattern.compile("[A-Za-z0-9_-]+"),
            "timestamp", Pattern.compile("[A-Za-z0-9_-]+"),
            "element", Pattern.compile("[A-Za-z0-9_-]*"));
    private static final Pattern ANY = Pattern.compile("[^'\"$]*");

    /**
     * The sources of route files.
     *
     * @param files the route files
     * @return the sources in the order of the files
     */
    public static List<SourceUse> in(List<RouteFile> files) {
        Map<String, JsonNode> templates = templates(files);
        List<SourceUse> found = new ArrayList<>();
        for (RouteFile file : files) {
            for (JsonNode use : file.below("templatedRoute")) {
                String template = use.path("routeTemplateRef").asText();
                Map<String, String> given = parameters(use);
                if (given.containsKey(SOURCE) && templates.containsKey(template)) {
                    found.add(new SourceUse(given.get(SOURCE), file.path(), required(template, templates.get(template))));
                }
            }
        }
        return found;
    }

    /**
     * Every source has a name of its own, and every parameter of a webhook's template a value that it can have.
     *
     * @param files  the route files
     * @param around what is around them
     * @return a fault for each that has not
     */
    public static List<Fault> areGood(List<RouteFile> files, Surroundings around) {
        Map<String, JsonNode> templates = templates(files);
        Map<String, String> names = new HashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (RouteFile file : files) {
            for (JsonNode use : file.below("templatedRoute")) {
                Map<String, String> given = parameters(use);
                String name = given.get(SOURCE);
                if (name != null && templates.containsKey(use.path("routeTemplateRef").asText())) {
                    int line = file.line(use, "parameters");
                    String before = names.putIfAbsent(name, file.path() + ":" + line);
                    if (before != null) {
                        faults.add(file.fault(line, "the source " + name + " stands in " + before + ", too", "write another name"));
                    }
                    name(file, line, name, faults);
                    if (use.path("routeTemplateRef").asText().equals(WEBHOOK)) {
                        values(file, line, given, faults);
                    }
                }
            }
        }
        return faults;
    }

    private static void name(RouteFile file, int line, String name, List<Fault> faults) {
        if (!NAME.matcher(name).matches()) {
            faults.add(file.fault(line, "a source cannot be called " + name, "write small letters, digits and hyphens, such as my-shop"));
        } else if (TAKEN.contains(name)) {
            faults.add(file.fault(line, "a source cannot be called " + name + ", as something else is", "write another name"));
        }
    }

    private static void values(RouteFile file, int line, Map<String, String> given, List<Fault> faults) {
        given.forEach((parameter, value) -> {
            Pattern form = VALUES.getOrDefault(parameter, ANY);
            if (!form.matcher(value).matches()) {
                faults.add(file.fault(line, "the parameter " + parameter + " cannot be " + value,
                        form == ANY ? "write it without quotes and dollar signs" : "write what fits " + form));
            }
        });
    }

    private static List<String> required(String template, JsonNode definition) {
        Set<String> required = new LinkedHashSet<>();
        Matcher setting = SETTING.matcher(definition.toString());
        while (setting.find()) {
            required.add(setting.group(1));
        }
        if (template.equals(WEBHOOK)) { // its secret is nothing that a route reads
            required.addAll(List.of("secret", "account-id"));
        }
        return List.copyOf(required);
    }

    /** The templates of sources, by their ids. */
    private static Map<String, JsonNode> templates(List<RouteFile> files) {
        Map<String, JsonNode> templates = new HashMap<>();
        files.forEach(file -> file.below("routeTemplate").forEach(template -> template.path("parameters").forEach(parameter -> {
            if (parameter.path("name").asText().equals(SOURCE)) {
                templates.put(template.path("id").asText(), template);
            }
        })));
        return templates;
    }

    private static Map<String, String> parameters(JsonNode use) {
        Map<String, String> given = new HashMap<>();
        use.path("parameters").forEach(one -> given.put(one.path("name").asText(), one.path("value").asText()));
        return given;
    }
}
