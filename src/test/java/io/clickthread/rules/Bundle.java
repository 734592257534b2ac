package io.clickthread.rules;

import io.clickthread.check.Fault;
import io.clickthread.check.Surroundings;
import io.clickthread.support.Server;
import io.clickthread.support.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All that the rules look at, as plain values, so that a test can hand them a broken one.
 *
 * @param routes     the route files
 * @param sql        the statements, by name without {@code .sql}
 * @param javaDirect the {@code direct:} endpoints that Java calls
 * @param javaSql    the statements that Java reads
 * @param beans      the class of a bean by its name, null if there is none
 */
record Bundle(List<RouteFile> routes, Map<String, String> sql, Set<String> javaDirect, Set<String> javaSql,
              Function<String, Class<?>> beans) {

    private static final List<Path> SQL = List.of(Path.of("src/main/resources/sql"), Path.of("src/simulator/resources/sql"));
    private static final Path ROUTES = Path.of("routes");

    /** The project as it is. */
    static Bundle project() {
        return project(name -> Server.shared().context.containsBean(name)
                ? Server.shared().context.getType(name) : null);
    }

    /** The project with these beans. */
    static Bundle project(Function<String, Class<?>> beans) {
        List<RouteFile> routes = Sources.below(ROUTES, RouteFile.SUFFIX).stream()
                .map(file -> RouteFile.of(ROUTES.relativize(file).toString(), read(file))).toList();
        Map<String, String> sql = new TreeMap<>();
        SQL.forEach(folder -> Sources.below(folder, ".sql")
                .forEach(file -> sql.put(folder.relativize(file).toString().replace(".sql", ""), read(file))));
        String java = String.join("\n", Sources.java().stream().map(Bundle::read).toList());
        return new Bundle(routes, sql, all(java, "\"(direct:[a-z-]+)\""),
                all(java, "Sql\\.read\\(\"([a-z/-]+)\"\\)"), beans);
    }

    /** The files as a start reads them. */
    List<io.clickthread.check.RouteFile> files() {
        return routes.stream().map(RouteFile::read).toList();
    }

    /** What the files may name, for what a start asks for. */
    Surroundings surroundings() {
        return new Surroundings(beans, Set.of(), address -> sql.get(address.replaceFirst("classpath:sql/(.*)[.]sql", "$1")),
                name -> true, Map.of(), javaDirect, Surroundings.SET_BY_JAVA);
    }

    /** What a start finds of one kind. */
    List<String> found(BiFunction<List<io.clickthread.check.RouteFile>, Surroundings, List<Fault>> check) {
        return check.apply(files(), surroundings()).stream().map(Fault::toString).toList();
    }

    /** Every YAML file below {@code routes/}, whatever its ending, so that none hides behind a wrong name. */
    static List<String> yamlFiles() {
        return Stream.of(".yaml", ".yml").flatMap(ending -> Sources.below(ROUTES, ending).stream()).map(Path::toString).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> all(String text, String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
