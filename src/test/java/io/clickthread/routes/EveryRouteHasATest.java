package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
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

    private final List<String> named = new ClassFileImporter().importPackages("io.clickthread.routes").stream()
            .filter(type -> type.isAnnotatedWith(RoutesOf.class))
            .flatMap(type -> Stream.of(type.getAnnotationOfType(RoutesOf.class).value())).toList();

    @Test
    void everyRouteFileOfTheseFoldersIsNamedByATestClass() throws IOException {
        List<String> files = new ArrayList<>();
        for (String folder : new String[] {"capture", "conversions", "sources"}) {
            try (Stream<Path> all = Files.list(Path.of("routes", folder))) {
                all.map(file -> folder + "/" + file.getFileName().toString().replace(RouteFile.SUFFIX, "")).forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThan(20);
        assertThat(named).containsExactlyInAnyOrderElementsOf(files);
    }

    @Test
    void theRoutesOfAFileAreThoseThatItMakesOfATemplateToo() throws IOException {
        assertThat(EveryRouteIsRun.routes("sources/shopify")).isEqualTo(new TreeSet<>(List.of("map-shopify", "receive-shopify-order")));
    }
}
