package io.clickthread.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** A start says which of the shipped files are not those of its version, and of no other file. */
@ExtendWith(OutputCaptureExtension.class)
class ShippedRoutesTest {

    private static final String CLICKS = "capture/capture-clicks.camel.yaml";
    private static final String SOURCE = "sources/pipedrive.camel.yaml"; // switched off: its absence is not refused
    private static final String OWN = """
            - route:
                id: on-click
                description: Somebody's own.
                routeConfigurationId: custom-errors
                from:
                  uri: direct:on-click
                  steps:
                    - log: {message: "a click"}
            """;

    @TempDir
    private Path routes;

    @BeforeEach
    void copyTheRoutes() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
        FileSystemUtils.deleteRecursively(routes.resolve("custom"));
    }

    @Test
    void anEditedAndAMissingFileAreNamedWithTheChecksumsAndSomebodysOwnIsNot(CapturedOutput output) throws IOException {
        Path clicks = routes.resolve(CLICKS);
        String own = ShippedRoutes.checksum(Files.readString(clicks));
        String source = ShippedRoutes.checksum(Files.readString(routes.resolve(SOURCE)));
        String edited = Files.readString(clicks).replace("drops messages without news", "drops everything else");
        Files.writeString(clicks, edited);
        Files.delete(routes.resolve(SOURCE));
        Files.createDirectory(routes.resolve("custom"));
        Files.writeString(routes.resolve("custom/on-click.camel.yaml"), OWN);

        assertThat(saidByAStart(output)).containsExactly(
                clicks + " is not this version's own: SHA-256 " + ShippedRoutes.checksum(edited) + ", the version's " + own,
                routes.resolve(SOURCE) + " is not there: this version has it (SHA-256 " + source + ")");
        assertThat(own).matches("[0-9a-f]{12}").isNotEqualTo(ShippedRoutes.checksum(edited));
    }

    @Test
    void aCopyWithTheLineEndsOfWindowsIsTheVersionsOwn(CapturedOutput output) throws IOException {
        Path clicks = routes.resolve(CLICKS);
        String windows = Files.readString(clicks).replace("\n", "\r\n");
        assertThat(windows).contains("\r\n");
        Files.writeString(clicks, windows);

        assertThat(saidByAStart(output)).isEmpty();
    }

    private List<String> saidByAStart(CapturedOutput output) {
        Server.start(Map.of("clickthread.routes-dir", routes.toString(), "clickthread.sources.pipedrive.enabled", "false")).stop();
        assertThat(output.getOut()).contains("Clickthread is ready"); // what a start says can be seen here
        return output.getOut().lines().filter(line -> line.contains("this version"))
                .map(line -> line.substring(line.indexOf(routes.toString()))).toList();
    }
}
