package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.channel.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider has a page that says how to connect it, how to try it, how to verify it and what is known not to work. */
class ProviderPagesTest {

    private static final Path FOLDER = Path.of("docs/providers");

    static Stream<String> pages() throws IOException {
        return Files.list(FOLDER).map(Path::getFileName).map(Path::toString).sorted();
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void everyProviderHasAPage(Provider provider) {
        assertThat(Project.text("docs/providers/README.md").lines()
                .filter(line -> line.contains("| `" + provider.provider() + "` |")))
                .singleElement().asString().containsPattern("\\| \\[[a-z0-9]+\\.md]\\([a-z0-9]+\\.md\\) \\|$");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFile(String page) {
        assertThat(Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)").matcher(Project.text("docs/providers/" + page)).results()
                .map(link -> FOLDER.resolve(link.group(1)))).allMatch(Files::exists);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageGoesFromTheChannelToItsLimits(String page) {
        if (!page.equals("README.md")) {
            assertThat(Project.text("docs/providers/" + page)).containsSubsequence("/channels", "/simulator/click",
                    "## Verify", "/health", "## Known limits");
        }
    }
}
