package io.clickthread.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an amount says by itself. */
class AmountTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', value = {"49.90~49.90", "49,90~49.90", "1.234,56~1234.56", "1,234.56~1234.56", "1'234.50~1234.50",
        "1’234.50~1234.50", "1 234,56~1234.56", "1\u00A0234,56~1234.56", "1\u202F234,56~1234.56", "12,34,567.89~1234567.89",
        "1.234.567~1234567", "1,234,567~1234567", "12,34,567~1234567", "1 500~1500", "1'500~1500", "1500~1500", "0~0",
        "0.500~0.500", "0,125~0.125", "1234.567~1234.567", "1.5000~1.5000", "1.5~1.5", "R$ 49,90~49.90", "R$1.234,56~1234.56",
        "49,90 €~49.90", "€49.90~49.90", "US$ 1,234.50~1234.50", "BRL 49,90~49.90", "49.90 usd~49.90", "₹ 12,34,567~1234567",
        "Rs. 500~500", "Rs.500~500", "S/.49.90~49.90", "CHF 1'234.50~1234.50", ".50~0.50", "$ .50~0.50", "'49.90~49.90",
        "+49.90~49.90", "49.~49", "٤٩~49", "१२३~123", "1,234.567~1234.567", "1 234.567~1234.567"})
    void isRead(String text, String wanted) {
        assertThat(Amount.read(text).value()).isEqualTo(wanted == null ? null : new java.math.BigDecimal(wanted));
    }

    @ParameterizedTest
    @CsvSource({"1.500,1500,1.500", "'1,500',1500,1.500", "R$ 12.345,12345,12.345", "999.999 €,999999,999.999"})
    void isAmbiguous(String text, String whole, String decimal) {
        Amount amount = Amount.read(text);
        assertThat(amount.value()).isNull();
        assertThat(amount.whole()).isEqualByComparingTo(whole);
        assertThat(amount.decimal()).isEqualByComparingTo(decimal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"-49.90~negative", "49,90-~negative", "(49.90)~negative", "-R$ 49,90~negative",
        "R$ -49,90~negative", "\u221249.90~negative", "1.5E+03~scientific", "1,5e3~scientific"})
    void isRefusedWithAdvice(String text, String word) {
        assertThat(Amount.read(text).fault()).contains(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"much", "12.34.567", "1.23.456", "1,50,00", "1 50", "49;90", "49.90 pieces", "1.234,567,890", "10%",
        "49,-", "0.500.000", "1'234 567", "49.90 49.90", "€ 49.90 USD", "12²", "1/2", "#N/A", "."})
    void isNoAmount(String text) {
        Amount amount = Amount.read(text);
        assertThat(amount.value()).isNull();
        assertThat(amount.ambiguous()).isEqualTo((char) 0);
        assertThat(amount.fault()).isNull();
    }
}
