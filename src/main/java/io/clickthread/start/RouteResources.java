package io.clickthread.start;

import io.clickthread.check.RouteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Where route files and statements lie, in a folder or in the jar, and what people call them. */
final class RouteResources {

    private static final PathMatchingResourcePatternResolver FILES = new PathMatchingResourcePatternResolver();
    private static final String SHIPPED = "classpath:routes/**/*" + RouteFile.SUFFIX;

    private RouteResources() {
    }

    /** The files in the jar, by their path below {@code routes/}. */
    static Map<String, Resource> shipped() {
        Map<String, Resource> files = new TreeMap<>();
        find(SHIPPED).forEach(file -> files.put(belowRoutes(file).substring("routes/".length()), file));
        return files;
    }

    /** The file as people name it: below {@code routes/} in the jar, from the working directory if it is below that. */
    static String name(Resource resource) {
        try {
            if (resource.isFile() && !resource.getURL().toString().contains("/classes/routes/")) {
                return name(resource.getFile().toPath());
            }
            return belowRoutes(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of a file outside the jar. */
    static String name(Path path) {
        Path file = path.toAbsolutePath().normalize();
        Path here = Path.of("").toAbsolutePath();
        return (file.startsWith(here) ? here.relativize(file) : file).toString();
    }

    private static String belowRoutes(Resource resource) {
        try {
            String url = resource.getURL().toString();
            return url.substring(url.lastIndexOf("/routes/") + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text behind an address; null if there is none. */
    static String statement(String address) {
        Resource file = FILES.getResource(address);
        try {
            return file.exists() ? file.getContentAsString(StandardCharsets.UTF_8) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The files that a pattern such as {@code file:routes/**} means, in no certain order. */
    static List<Resource> find(String pattern) {
        try {
            return Arrays.asList(FILES.getResources(pattern.trim()));
        } catch (IOException e) {
            return List.of(); // a folder that is not there
        }
    }
}
