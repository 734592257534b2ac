package io.clickthread.rules;

import io.clickthread.check.BeanCalls;
import io.clickthread.rules.RouteFile.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What routes call, beyond what a start looks at. */
final class Wiring {

    private Wiring() {
    }

    static List<String> directRoutesAreCalled(Bundle bundle) {
        Set<String> called = direct(bundle, false);
        Set<String> mappings = bundle.routes().stream().filter(file -> file.isIn("sources")).flatMap(file -> file.endpoints().stream())
                .map(Endpoint::uri).filter(uri -> uri.startsWith("direct:map-")).collect(Collectors.toSet()); // called by their names
        return direct(bundle, true).stream()
                .filter(uri -> !called.contains(uri) && !bundle.javaDirect().contains(uri) && !mappings.contains(uri))
                .map(uri -> uri + ": nobody calls it").toList();
    }

    static List<String> beanStepsFindTheirMethod(Bundle bundle) {
        List<String> broken = new ArrayList<>(bundle.found(BeanCalls::exist));
        for (RouteFile file : bundle.routes()) {
            file.endpoints().stream().filter(endpoint -> endpoint.has("bean") || endpoint.has("class"))
                    .forEach(endpoint -> broken.add(file.path() + ": " + endpoint.uri() + " is no endpoint"));
        }
        return broken;
    }

    private static Set<String> direct(Bundle bundle, boolean isStart) {
        return bundle.routes().stream().flatMap(file -> file.endpoints().stream())
                .filter(endpoint -> endpoint.has("direct") && endpoint.isStart() == isStart)
                .map(Endpoint::uri).collect(Collectors.toSet());
    }
}
