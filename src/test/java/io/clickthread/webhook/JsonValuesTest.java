package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What becomes of texts that people and providers send. */
class JsonValuesTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    @Property(tries = 500)
    void whateverComesOutCanBeStored(@ForAll("hostile") String text) {
        for (String cleaned : new String[] {JsonValues.identity(new TextNode(text)), JsonValues.line(new TextNode(text)),
            JsonValues.phone(new TextNode(text))}) {
            if (cleaned != null) {
                assertThat(cleaned).isNotEmpty().doesNotContain("\0").hasSizeLessThanOrEqualTo(4_096);
                assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cleaned)).isTrue();
            }
        }
    }

    @Property(tries = 300)
    void harmlessTextsStayAsTheyAre(@ForAll("harmless") String text) {
        assertThat(JsonValues.identity(new TextNode(text))).isEqualTo(text);
        assertThat(JsonValues.line(new TextNode(text))).isEqualTo(text);
    }

    @Property(tries = 300)
    void aPhoneIsItsDigits(@ForAll("hostile") String text) {
        String phone = JsonValues.phone(new TextNode(text));
        assertThat(phone == null || phone.matches("[0-9]+")).isTrue();
    }

    @Test
    void whatIsNoTextIsNoText() {
        for (JsonNode node : List.of(NODES.objectNode(), NODES.arrayNode(), NODES.nullNode(), NODES.booleanNode(true),
                MissingNode.getInstance())) {
            assertThat(JsonValues.identity(node)).isNull();
            assertThat(JsonValues.line(node)).isNull();
            assertThat(JsonValues.phone(node)).isNull();
        }
        assertThat(JsonValues.identity(IntNode.valueOf(7))).isEqualTo("7");
    }

    @Test
    void anIdentityThatIsTooLongIsNoneInsteadOfACutOne() {
        assertThat(JsonValues.identity(new TextNode("x".repeat(512)))).hasSize(512);
        assertThat(JsonValues.identity(new TextNode("x".repeat(513)))).isNull();
    }

    @Test
    void aLineIsCutButNotWithinACharacter() {
        String line = JsonValues.line(new TextNode("x".repeat(4_095) + "\ud83d\ude00"));

        assertThat(line).hasSizeLessThanOrEqualTo(4_096);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
    }

    @Test
    void timesAreSecondsWhateverTheyAreWrittenIn() {
        assertThat(JsonValues.seconds(new TextNode("1750275992"))).isEqualTo(1_750_275_992L);
        assertThat(JsonValues.seconds(NODES.numberNode(1_750_275_992L))).isEqualTo(1_750_275_992L);
        assertThat(JsonValues.seconds(new TextNode("1750275992123"))).isEqualTo(1_750_275_992L);
    }

    @Test
    void aTimeThatCannotBeIsNow() {
        long now = System.currentTimeMillis() / 1000;
        for (JsonNode node : List.of(new TextNode("yesterday"), new TextNode(""), new TextNode("-5"), NODES.objectNode(),
                NODES.nullNode(), MissingNode.getInstance(), NODES.numberNode(new BigDecimal("1e999999999")),
                new TextNode("99999999999999999999"), NODES.numberNode(now + 100_000))) {
            assertThat(JsonValues.seconds(node)).as(node.toString()).isBetween(now, now + 5);
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars('\0', '\ud83d', '\ude00', 'a', '1', '+', ' ', '\u202e', '\u00e9').ofMaxLength(40),
                Arbitraries.strings().all().ofMaxLength(600));
    }

    @Provide
    Arbitrary<String> harmless() {
        return Arbitraries.strings().withCharRange(' ', '~').withChars('\u00e9', '\u0645', '\u6f22')
                .ofMinLength(1).ofMaxLength(200);
    }

    @Test
    void anAmountInThousandthsIsExactAndOneThatNoShopHasIsNone() {
        assertThat(amount("25000")).isEqualByComparingTo("25");
        assertThat(amount("\"19990\"")).isEqualByComparingTo("19.99");
        assertThat(amount("1.5")).isEqualByComparingTo("0.0015");
        for (String none : List.of("1e999999999", "-1e999999999", "1e-999999999", "\"1e999999999\"", "\"NaN\"", "null", "{}", "\"\"",
                "9".repeat(31), "1e2147483646", "1e-2147483646")) {
            assertThat(amount(none)).as(none).isNull();
        }
    }

    private static java.math.BigDecimal amount(String json) {
        try {
            return JsonValues.thousandths(io.clickthread.support.Server.JSON.readTree(json));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
