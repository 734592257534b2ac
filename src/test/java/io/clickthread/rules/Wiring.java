package io.clickthread.rules;

import io.clickthread.rules.RouteFile.BeanCall;
import io.clickthread.rules.RouteFile.Endpoint;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Processor;

/** What routes call is there. */
final class Wiring {

    private Wiring() {
    }

    static List<String> directCallsFindTheirRoute(Bundle bundle) {
        Set<String> starts = direct(bundle, true);
        Set<String> called = new HashSet<>(direct(bundle, false));
        called.addAll(bundle.javaDirect());
        return called.stream().filter(uri -> !starts.contains(uri)).map(uri -> uri + ": no route starts here").toList();
    }

    static List<String> directRoutesAreCalled(Bundle bundle) {
        Set<String> called = direct(bundle, false);
        return direct(bundle, true).stream().filter(uri -> !called.contains(uri) && !bundle.javaDirect().contains(uri))
                .map(uri -> uri + ": nobody calls it").toList();
    }

    static List<String> beanStepsFindTheirMethod(Bundle bundle) {
        List<String> broken = new ArrayList<>();
        for (RouteFile file : bundle.routes()) {
            file.beanCalls().stream().filter(call -> !isThere(bundle, call))
                    .forEach(call -> broken.add(file.path() + ": " + call + " names no bean, or no method of it"));
            file.endpoints().stream().filter(endpoint -> endpoint.has("bean") || endpoint.has("class"))
                    .forEach(endpoint -> broken.add(file.path() + ": " + endpoint.uri() + " is no endpoint"));
        }
        return broken;
    }

    private static boolean isThere(Bundle bundle, BeanCall call) {
        Class<?> type = bundle.beans().apply(call.ref());
        if (type == null || call.step().equals("process")) {
            return type != null && Processor.class.isAssignableFrom(type);
        }
        String method = call.method().replaceAll("\\(.*", "");
        return Modifier.isPublic(type.getModifiers())
                && Stream.of(type.getMethods()).anyMatch(candidate -> candidate.getName().equals(method)
                        && candidate.getDeclaringClass() != Object.class);
    }

    private static Set<String> direct(Bundle bundle, boolean isStart) {
        return bundle.routes().stream().flatMap(file -> file.endpoints().stream())
                .filter(endpoint -> endpoint.has("direct") && endpoint.isStart() == isStart)
                .map(Endpoint::uri).collect(Collectors.toSet());
    }
}
