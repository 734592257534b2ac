package io.clickthread.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.support.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page says that a proxy sent in Meta's place is shown to people, and nothing of what it quotes is. */
class FirstLineTest {

    private static final String TOKEN = "EAAtest-1017";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "<html><body><h1>408 Request Time-out</h1></body></html> | 408 Request Time-out",
        "<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>"
                + " | Error Sorry, something went wrong.",
        "<html>not found</html> | not found",
        "<script>var a = '<b>';</script><style>p {}</style><!-- secret --><p>Blocked &amp; logged</p> | Blocked & logged",
        "no healthy upstream | no healthy upstream",
        "Bad gateway\\nDetails for experts | Bad gateway",
        "\\n\\n  upstream connect error\\t or disconnect \\n| upstream connect error or disconnect",
        "{`message`:`Service unavailable`,`request`:`private`} | Service unavailable",
        "{`error`:{`message`:`quota`,`status`:`X`}} | quota",
        "{`fault`:`private`} | ",
        "[1, 2] | ", "<html></html> | ", "`` | "})
    void tagsScriptsAndFurtherLinesAreLeftOut(String body, String line) throws IOException {
        assertThat(of(body == null ? "" : body.replace("\\n", "\n").replace("\\t", "\t").replace('`', '"'))).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, "Bearer anything", "access_token=abc", "\"access_token\": \"abc\"", "buyer@example.com",
        "+55 11 94000-0017", "15551234567", "10.1.2.3", "2001:db8::1:2", "BR.1502576394600002",
        "ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LEkR7JwLF", "appsecret_proof=9f86d081",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})
    void whatAPageQuotesOfTheCallIsNotSeen(String quoted) throws IOException {
        String line = of("<p>Denied: " + quoted + " by policy</p>");
        assertThat(line).isEqualTo("Denied: … by policy");
    }

    @Test
    void itIsAsLongAsALineAndNoLonger() throws IOException {
        assertThat(of("word ".repeat(10_000))).hasSizeLessThanOrEqualTo(200).endsWith("…").startsWith("word word");
        assertThat(of("<p>" + "word ".repeat(10_000))).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void anEndlessPageOfTagsCostsMoments() {
        String page = "<a".repeat(300_000) + "<!--".repeat(50_000) + "<script".repeat(50_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> of(page));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> of("a@".repeat(500_000)));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> of("1 ".repeat(500_000)));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> of("a:".repeat(500_000)));
    }

    @Property(tries = 1_000)
    void noBytesMakeItFailAndNoControlCharacterPasses(@ForAll byte[] bytes) {
        String line = FirstLine.of(bytes, MissingNode.getInstance(), null);
        if (line != null) {
            assertThat(line).hasSizeLessThanOrEqualTo(200).isNotBlank();
            assertThat(line.chars()).noneMatch(c -> c < ' ');
        }
    }

    private static String of(String body) throws IOException {
        byte[] raw = body.getBytes(StandardCharsets.UTF_8);
        JsonNode json = body.startsWith("{") || body.startsWith("[") ? Server.JSON.readTree(raw) : MissingNode.getInstance();
        return FirstLine.of(raw, json, "Bearer " + TOKEN);
    }
}
