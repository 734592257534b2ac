package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.check.RouteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Fails a test class that did not run every route of the files that it is for. Whoever runs a single method of it hears
 * nothing of the routes of the others.
 */
class EveryRouteIsRun implements AfterEachCallback, AfterAllCallback {

    private final Set<String> methods = new TreeSet<>();
    private final Set<String> run = new TreeSet<>();

    @Override
    public void afterEach(ExtensionContext test) {
        methods.add(test.getRequiredTestMethod().getName());
        run.addAll(((RouteTest) test.getRequiredTestInstance()).trail.routes());
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        Class<?> type = tests.getRequiredTestClass();
        long all = Arrays.stream(type.getDeclaredMethods()).filter(method -> AnnotationSupport.isAnnotated(method, Test.class)
                || AnnotationSupport.isAnnotated(method, ParameterizedTest.class)).count();
        if (methods.size() == all) {
            for (String file : type.getAnnotation(RoutesOf.class).value()) {
                assertThat(run).as("routes of %s that %s runs", file, type.getSimpleName()).containsAll(routes(file));
            }
        }
    }

    /** The ids of a file's routes, those that it makes of a template among them. */
    static Set<String> routes(String name) throws IOException {
        String path = "routes/" + name + RouteFile.SUFFIX;
        RouteFile file = RouteFile.read(path, Files.readString(Path.of(path)), new ArrayList<>());
        Set<String> ids = new TreeSet<>();
        file.below("route").stream().filter(route -> route.has("id")).forEach(route -> ids.add(route.path("id").asText()));
        file.below("templatedRoute").forEach(use -> ids.add(use.path("routeId").asText()));
        return ids;
    }
}
