package io.clickthread.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as WhatsApp has them and as shops have them in their books. */
class PhonesTest {

    @ParameterizedTest
    @CsvSource({"5215512345678, 525512345678", "525512345678, 525512345678", "551187654321, 5511987654321",
        "5511987654321, 5511987654321"})
    void theFormOfTodayIsThatOfE164(String whatsApp, String today) {
        assertThat(Phones.canonical(whatsApp)).isEqualTo(today);
    }

    @ParameterizedTest
    @ValueSource(strings = {"14155550100", "447911123456", "4915112345678", "33612345678", "919876543210", "5491123456789",
        "6281234567890", "2348031234567", "971501234567", "8613800138000", "819012345678", "27821234567", "393331234567",
        "34612345678", "972501234567", "60123456789"})
    void aNumberThatIsInThatFormStaysAsItIs(String number) {
        assertThat(Phones.canonical(number)).isEqualTo(number);
        assertThat(Phones.aliases(number)).containsExactly(new Alias(Alias.PHONE, number));
    }

    @ParameterizedTest
    @CsvSource({"551132654321", "552122334455"})
    void aBrazilianLandlineGetsNoNine(String landline) {
        assertThat(Phones.canonical(landline)).isEqualTo(landline);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1 (415) 555-0100", "1 415 555 0100", "+14155550100", " 1.415.555.0100 "})
    void blanksAPlusAndPunctuationDoNotMatter(String written) {
        assertThat(Phones.digits(written)).isEqualTo("14155550100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "nobody", "123456789012345678901234567890123"})
    void whatIsNoNumberIsNone(String text) {
        assertThat(Phones.digits(text)).isNull();
    }

    @Test
    void anOldFormIsKnownByBoth() {
        assertThat(Phones.aliases("5215512345678")).containsExactly(new Alias(Alias.PHONE, "5215512345678"),
                new Alias(Alias.PHONE, "525512345678"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "00000000", "99999999999999999999", "123"})
    void aNumberThatNobodyHasIsLeftAsItIs(String number) {
        assertThat(Phones.canonical(number)).isNotEmpty();
    }
}
