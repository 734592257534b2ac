package io.clickthread.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.system.JsonConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the paths of a generic channel lead to, and which are none. */
class FieldPathTest {

    private static final ObjectMapper JSON = JsonConfiguration.mapper();
    private static final String WEBHOOK = """
            {"a": 1, "b c": {"d": [10, 20, {"e": 30}]}, "x-y": 2, "größe": 3,
             "list": [{"type": "text", "n": 4, "on": true}, {"type": "image", "n": 5, "on": false}, {"n": 6, "none": null}],
             "deep": {"id": 7, "more": [{"id": 8}, {"id": {"id": 9}}]}}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "$ | {…", "$.a | 1", "a | 1", "$$.a | 1", "$['b c'].d[0] | 10", "$[\"b c\"].d[-1].e | 30", "['b c']['d'][1] | 20",
        "$.x-y | 2", "$['a', 'x-y', 'none'] | 1 2", "$.größe | 3", "$.nothing | ", "$.a.b | ", "$.list[9] | ", "$.list.type | ", "$.a[0] | ",
        "$.list[*].n | 4 5 6", "$.list.*.n | 4 5 6", "$['list'][*]['n'] | 4 5 6", "$['b c'].* | […",
        "$..n | 4 5 6", "$..id | 7 8 {… 9", "$.deep.more..id | 8 {… 9",
        "$.list[?(@.type == 'text')].n | 4", "$.list[?(@.type=='text')].n | 4", "$.list[?(@.type == \"image\")].n | 5",
        "$.list[?(@.type != 'text')].n | 5", "$.list[?(@.on == false)].n | 5", "$.list[?(@.n == 6)].n | 6",
        "$.list[?(@.none == null)].n | 6", "$.list[?(@.type)].n | 4 5", "$.list[?(@.n == '6')].n | "})
    void leadsTo(String path, String found) throws IOException {
        String values = FieldPath.of(path).find(JSON.readTree(WEBHOOK), new FieldPath.Work(1_000)).stream()
                .map(node -> node.isObject() ? "{…" : node.isArray() ? "[…" : node.asText()).collect(Collectors.joining(" "));
        assertThat(values).isEqualTo(found == null ? "" : found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$.", "$..", "$.[", "$.a[", "$[a]", "$..a..b", "$..*", "$..[*]", "$.a.length()", "$.sum($..x)",
        "$.concat($.a,$.a)", "$[?(@.a =~ /(x+x+)+y/)]", "$[?(@..a)]", "$[?(@.a && @.b)]", "$[?(@.a == @.b)]", "$[?($.a == 1)]",
        "$[?(@.a[?(@.b)])]", "$[0:5]", "$[0,1]", "$['a',b]", "$['a',]", "$[(@.length-1)]", "$.a b", "$ .a", "$$", "$$$.a", "$.a\n"})
    void isNone(String path) {
        if (path.equals("$$")) { // the whole webhook
            assertThat(FieldPath.of(path).isFromRoot()).isTrue();
            return;
        }
        assertThatThrownBy(() -> FieldPath.of(path)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A path ").hasMessageEndingWith(".");
    }

    @Test
    void isNeitherLongNorOfManySteps() {
        assertThatThrownBy(() -> FieldPath.of("$." + "a".repeat(FieldPath.LONGEST))).hasMessageContaining("characters");
        assertThatThrownBy(() -> FieldPath.of("$" + ".a".repeat(21))).hasMessageContaining("steps");
        assertThat(FieldPath.of("$" + ".a".repeat(20)).place().toString()).isEqualTo("/a".repeat(20));
    }

    @Test
    void isReadInTheTimeOfItsLengthWhateverItSays() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (String part : new String[] {".", "[", "[?(@.a", "['", "*", "..a", "[?(@.a == '", "[?(@.a ", "-", "[?(@. "}) {
                String path = "$" + part.repeat(FieldPath.LONGEST / part.length() - 1);
                Assertions.assertThrows(IllegalArgumentException.class, () -> FieldPath.of(path), path);
            }
        });
    }

    @Test
    void lookingForANameEverywhereCostsNoMoreThanItMay() throws IOException {
        String nested = "{\"a\":".repeat(190) + "1" + "}".repeat(190);
        JsonNode tree = JSON.readTree("[" + (nested + ",").repeat(200) + "1]");
        FieldPath path = FieldPath.of("$..a.a.a.a");

        assertThat(path.find(tree, new FieldPath.Work(1_000_000))).hasSize(200 * 187);
        assertThatThrownBy(() -> path.find(tree, new FieldPath.Work(10_000))).isInstanceOf(FieldPath.TooMuch.class);
    }
}
