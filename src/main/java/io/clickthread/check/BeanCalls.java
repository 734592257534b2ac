package io.clickthread.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Processor;

/** The beans and methods that routes name. Camel looks for a method when a message gets there. */
public final class BeanCalls {

    private static final Set<String> CALLS = Set.of("bean", "method");
    private static final Pattern REFERENCE = Pattern.compile("#(?:bean:)?([A-Za-z][A-Za-z0-9_.-]*)");

    private BeanCalls() {
    }

    /**
     * Every bean and method that a step, an expression or an option names is there.
     *
     * @param files  the route files
     * @param around gives the beans
     * @return a fault for each that is not
     */
    public static List<Fault> exist(List<RouteFile> files, Surroundings around) {
        List<Fault> faults = new ArrayList<>();
        for (RouteFile file : files) {
            file.each((owner, field, value, line) -> {
                if (field.equals("process") && value.has("ref")) {
                    process(file, value, around, faults);
                } else if (CALLS.contains(field) && value.has("ref")) {
                    bean(file, value, around, faults);
                } else if (value.isTextual()) {
                    reference(file, value.asText(), line, around, faults);
                }
            });
        }
        return faults;
    }

    private static void process(RouteFile file, JsonNode step, Surroundings around, List<Fault> faults) {
        Class<?> type = find(file, step, around, faults);
        if (type != null && !Processor.class.isAssignableFrom(type)) {
            faults.add(file.fault(file.line(step, "ref"), "the bean " + name(step) + " is no processor",
                    "write 'bean: {ref: " + name(step) + ", method: …}'"));
        }
    }

    private static void bean(RouteFile file, JsonNode step, Surroundings around, List<Fault> faults) {
        Class<?> type = find(file, step, around, faults);
        if (type == null || Processor.class.isAssignableFrom(type) && !step.has("method")) {
            return;
        }
        int line = file.line(step, step.has("method") ? "method" : "ref");
        String method = step.path("method").asText();
        Set<String> known = new TreeSet<>();
        methods(type).forEach(one -> known.add(one.getName()));
        if (!Modifier.isPublic(type.getModifiers())) {
            faults.add(file.fault(line, "the class of the bean " + name(step) + " is not public", "make it public"));
        } else if (method.isEmpty()) {
            faults.add(file.fault(line, "no method of the bean " + name(step) + " is named",
                    "add one, for example method: " + String.join(" or ", known)));
        } else if (candidates(type, method).isEmpty()) {
            String bare = bare(method);
            faults.add(file.fault(line, "the bean " + name(step) + " has no method " + (known.contains(bare)
                    ? method + " with so many arguments" : bare), known.contains(bare) ? "write as many as it takes"
                    : Nearest.advice(bare, known, "write one that it has")));
        }
    }

    private static Class<?> find(RouteFile file, JsonNode step, Surroundings around, List<Fault> faults) {
        Class<?> type = around.beans().apply(name(step));
        if (type == null) {
            faults.add(file.fault(file.line(step, "ref"), "there is no bean " + name(step),
                    Nearest.advice(name(step), around.beanNames(), "write the name of one that is there")));
        }
        return type;
    }

    private static void reference(RouteFile file, String text, int line, Surroundings around, List<Fault> faults) {
        Matcher matcher = REFERENCE.matcher(text);
        if (matcher.matches() && around.beans().apply(matcher.group(1)) == null) {
            faults.add(file.fault(line, "there is no bean " + matcher.group(1),
                    Nearest.advice(matcher.group(1), around.beanNames(), "write the name of one that is there")));
        }
    }

    /** The methods that a call such as {@code judge(${variable.delivery}, ${body})} may mean. */
    static List<Method> candidates(Class<?> type, String call) {
        int arguments = call.contains("(") ? Arguments.of(call).size() : -1;
        return methods(type).stream().filter(method -> method.getName().equals(bare(call))
                && (arguments < 0 || method.isVarArgs() || method.getParameterCount() == arguments)).toList();
    }

    private static List<Method> methods(Class<?> type) {
        return Methods.of(type).stream().filter(method -> method.getDeclaringClass() != Object.class).toList();
    }

    private static String bare(String call) {
        return call.replaceAll("\\(.*", "").trim();
    }

    private static String name(JsonNode step) {
        return step.path("ref").asText().replaceFirst("^#(bean:)?", "");
    }

    /** The bean and the method of a step or an expression, for those who ask what it brings; empty if there is none. */
    static Map.Entry<Class<?>, String> call(JsonNode step, Surroundings around) {
        Class<?> type = around.beans().apply(name(step));
        return type == null || !step.has("method") ? null : Map.entry(type, step.path("method").asText());
    }
}
