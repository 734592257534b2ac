package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.check.RouteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link EveryRouteIsRun} holds every class to the files that it names; here nobody forgets to name one. */
class EveryRouteHasATest {

    @Test
    void everyRouteFileOfTheseFoldersIsNamedByATestClass() throws IOException {
        List<String> named = new ArrayList<>();
        for (String type : names(Path.of("src/test/java/io/clickthread/routes"), "Test.java")) {
            RoutesOf routes = type(type + "Test").getAnnotation(RoutesOf.class);
            named.addAll(routes == null ? List.of() : List.of(routes.value()));
        }
        List<String> files = new ArrayList<>();
        for (String folder : new String[] {"capture", "conversions", "sources"}) {
            names(Path.of("routes", folder), RouteFile.SUFFIX).forEach(name -> files.add(folder + "/" + name));
        }
        assertThat(files).hasSizeGreaterThan(20);
        assertThat(named).containsExactlyInAnyOrderElementsOf(files);
    }

    @Test
    void theRoutesOfAFileAreThoseThatItMakesOfATemplateToo() throws IOException {
        assertThat(EveryRouteIsRun.routes("sources/shopify")).isEqualTo(new TreeSet<>(List.of("map-shopify", "receive-shopify-order")));
    }

    /** The names of a folder's files that end so, without this ending. */
    private static List<String> names(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length())).toList();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("io.clickthread.routes." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
