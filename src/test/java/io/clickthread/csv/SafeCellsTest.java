package io.clickthread.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeCellsTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1", "+1", "-1", "@x", "\t=1", "\r1", "\n1", "\uFF1D1", "\uFF0B1", "\uFF0D1", "\uFF20x", "\u00A0=1",
            "\u3000=1", "\u200B=1", "\uFEFF=1", "\u2007+1", "\u202E=1", "\u0085=1", " =1", "\"=1"})
    void whatBeginsLikeAFormulaStandsBehindAnApostrophe(String text) {
        assertThat(SafeCells.of(text)).isEqualTo("'" + text);
    }

    @Test
    void soDoesWhatWouldBeACellOfItsOwnForAProgramThatSeparatesBySemicolons() {
        assertThat(SafeCells.of("x;=cmd|calc")).isEqualTo("x;'=cmd|calc");
        assertThat(SafeCells.of("=1; +2;3")).isEqualTo("'=1;' +2;3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-1", "a=b", "1-2", "", "x; y", "it's"})
    void otherTextsStayAsTheyAre(String text) {
        assertThat(SafeCells.of(text)).isEqualTo(text);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(SafeCells.of(null)).isNull();
    }
}
