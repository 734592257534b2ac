package io.clickthread.start;

import io.clickthread.check.Nearest;
import io.clickthread.check.RouteFile;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Makes a sentence with file and line of what Camel throws when it loads and starts routes: steps, fields, options and components
 * that it does not know. Camel is one to a process, and so is the list of files that the last start loaded.
 */
final class CamelFailures {

    private static final int LONGEST = 250;
    private static final Pattern UNKNOWN = Pattern.compile("(?:Unknown node id|Unsupported field): (\\S+)");
    private static final Pattern OPTION = Pattern.compile("Unknown parameters=\\[\\{([^=]+)=");
    private static final Pattern COMPONENT = Pattern.compile(
            "No (?:endpoint could be found for|component found with scheme): ([^:/,]+)");
    private static final Pattern AT = Pattern.compile(">>> \\w+\\[([^?\\]]+)");
    private static final Set<String> STEPS = Set.of("to", "toD", "bean", "process", "setBody", "setVariable", "setVariables",
            "setHeader", "setHeaders", "removeHeader", "removeHeaders", "choice", "filter", "split", "loop", "log", "marshal",
            "unmarshal", "wireTap", "enrich", "pollEnrich", "doTry", "delay", "multicast", "aggregate", "throttle", "validate",
            "stop", "transform", "convertBodyTo", "recipientList", "steps", "description", "parameters", "routeConfigurationId",
            "precondition", "expression", "simple", "constant", "method", "variable", "jsonpath", "when", "otherwise");

    private static volatile List<RouteFile> loaded = List.of();

    private CamelFailures() {
    }

    /** Remembers what is loaded, because Camel names a route and not its file. */
    static void remember(List<RouteFile> files) {
        loaded = List.copyOf(files);
    }

    /** The sentence of a failed start that this program did not refuse itself. */
    static String sentence(Throwable failure) {
        Throwable innermost = failure;
        String route = null;
        String step = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException yaml && yaml.getProblemMark().isPresent()) {
                String file = yaml.getProblemMark().get().getName().replaceFirst("^(file|classpath):", "");
                return place(file, yaml.getProblemMark().get().getLine(), yaml.getProblem()) + ": " + what(yaml.getProblem());
            }
            if (cause instanceof FailedToCreateRouteException created) {
                route = created.getRouteId();
                step = String.valueOf(created.getMessage());
            } else if (cause instanceof FailedToStartRouteException started) {
                route = started.getRouteId();
            }
            innermost = cause;
        }
        String message = String.valueOf(innermost.getMessage());
        return route == null ? innermost.getClass().getSimpleName() + ": " + shortened(message)
                : place(route, message, step) + ": " + what(message);
    }

    private static String what(String message) {
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.find()) {
            return "Camel knows no " + unknown.group(1) + " here: "
                    + Nearest.advice(unknown.group(1), STEPS, "write a step or a field of Camel's YAML DSL");
        }
        Matcher option = OPTION.matcher(message);
        if (option.find()) {
            return "the endpoint has no option " + option.group(1) + ": write one that Camel's page on the component lists";
        }
        Matcher component = COMPONENT.matcher(message);
        return component.find() ? "there is no component " + component.group(1) + ": "
                + Nearest.advice(component.group(1), Set.of("direct", "seda", "sql", "timer", "http", "https", "platform-http",
                        "kafka", "file", "log", "bean"), "write one whose library is there")
                : shortened(message) + ": mend this step";
    }

    /** File and line: Camel marks where the object begins that has a field too many, so the field is looked for from there on. */
    private static String place(String path, int line, String problem) {
        Matcher unknown = UNKNOWN.matcher(problem);
        String field = unknown.find() ? unknown.group(1) + ":" : "";
        for (RouteFile file : loaded) {
            List<String> lines = file.text().lines().toList();
            if (path.endsWith(file.path())) {
                for (int i = line; i < lines.size(); i++) {
                    if (lines.get(i).contains(field)) {
                        return file.path() + ":" + (i + 1);
                    }
                }
            }
        }
        return path + ":" + (line + 1);
    }

    /** File and line: of the option or the address that is at fault if the file has it in this form, else of the route. */
    private static String place(String route, String message, String step) {
        for (RouteFile file : loaded) {
            if (file.text().contains("d: " + route + "\n") || file.text().contains("d: " + route + ",")) {
                Matcher option = OPTION.matcher(message);
                Matcher at = AT.matcher(step);
                String sought = option.find() ? option.group(1) : at.find() ? at.group(1) : route;
                List<String> lines = file.text().lines().toList();
                for (String needle : new String[] {sought, "d: " + route}) {
                    for (int i = 0; i < lines.size(); i++) {
                        if (lines.get(i).contains(needle)) {
                            return file.path() + ":" + (i + 1);
                        }
                    }
                }
            }
        }
        return "the route " + route;
    }

    private static String shortened(String message) {
        String line = message.lines().map(String::trim).filter(text -> !text.isEmpty()).findFirst().orElse("no reason given");
        return (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line).replaceFirst("[.]$", "");
    }
}
