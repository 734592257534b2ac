package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts in the smallest unit of their currency. */
class MinorUnitsTest {

    private final MinorUnits units = new MinorUnits();

    @ParameterizedTest
    @CsvSource({"4990,usd,49.90", "5,EUR,0.05", "0,brl,0.00", "4990,jpy,4990", "4990,krw,4990", "4990,KWD,4.990", "4990,isk,49.90",
        "4990,ugx,49.90", "4990,mga,4990", "-100,usd,-1.00"})
    void anAmountHasThePlacesOfItsCurrency(String amount, String currency, BigDecimal whole) {
        assertThat(units.amount(amount, currency)).isEqualTo(whole);
        assertThat(units.amount(Long.valueOf(amount), currency)).isEqualTo(whole);
    }

    @Test
    void whatIsNoWholeNumberOrHasNoCurrencyIsLeftForTheApisOwnCheck() {
        assertThat(units.amount("49.90", "usd")).isEqualTo("49.90");
        assertThat(units.amount("1".repeat(400), "usd")).isEqualTo("1".repeat(400));
        assertThat(units.amount(null, "usd")).isNull();
        assertThat(units.amount(4990, "coins")).isEqualTo(4990);
        assertThat(units.amount(4990, null)).isEqualTo(4990);
    }
}
