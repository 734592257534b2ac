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
        "5511987654321, 5511987654321", "541165000030, 5491165000030", "54111565000030, 5491165000030",
        "549111565000030, 5491165000030", "54351156500030, 5493516500030", "54354115410030, 5493541410030",
        "5493541410030, 5493541410030", "22997000031, 2290197000031", "22921300031, 2290121300031",
        "22507181399, 2250707181399", "22505181399, 2250505181399", "22501181399, 2250101181399",
        "22544123456, 2250544123456", "24107703123, 24177703123", "2417703123, 24177703123", "24106031234, 24166031234",
        "241066031234, 24166031234", "24101731234, 24111731234", "2207012345, 220877012345", "2203012345, 220833012345",
        "2206012345, 220866012345", "841681234567, 84381234567", "841201234567, 84701234567", "841231234567, 84831234567",
        "23777123456, 237677123456", "59399123456, 593999123456", "2307123456, 23057123456", "689701234, 68987701234",
        "6707231234, 67077231234", "9745123456, 97455123456", "23412345678, 2342012345678", "5712345678, 576012345678",
        "520445512000036, 525512000036", "56098123456789, 56098123456789", "560981234567, 56981234567",
        "447700900123, 447700900123", "4407700900123, 447700900123", "390669821234, 390669821234"})
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
    @ValueSource(strings = {"551132654321", "552122334455", "551178123456", "552170000000", "5531932345678", "548001234567",
        "541115650000", "521551200003", "22901970000", "22560123456", "2250718139912", "24177031234", "2209012345",
        "2204423456",
        "242066123456", "508551234", "2315123456", "84121123456", "23788592865", "5746973975", "22420241130"})
    void whatLooksLikeAnOldFormButIsAnotherNumberStaysAsItIs(String number) {
        assertThat(Phones.canonical(number)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1 (415) 555-0100", "1 415 555 0100", "+14155550100", "14155550100",
        "001 415 555 0100", "+001 415 555 0100", "'+1 415 555 0100", "tel:+1-415-555-0100"})
    void blanksAPlusAndPunctuationDoNotMatter(String written) {
        assertThat(Phones.digits(written)).isEqualTo("14155550100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "nobody", "123456789012345678901234567890123", "US.1650a5550288", "BR.1502576394600002",
        "17240000000011@lid", "120363194291234567@g.us", "120363144038483540@newsletter", "1650a5550288", "16505550288x12",
        "tg:16505550288", "(11) 94000-0017", "011 94000-0017", "322 701 6961", "2026-11-27", "1234", "1234567890123456",
        "+14155550100, +14155550101", "1.4155E+10"})
    void whatIsNoNumberIsNone(String text) {
        assertThat(Phones.digits(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"5511940000017, 5511940000017", "+5511940000017, 5511940000017", "99912345, 99912345", "00000, 00000"})
    void whatWhatsAppSendsIsTakenAsItIs(String text, String digits) {
        assertThat(Phones.ofWhatsApp(text)).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234", "1234567890123456", "US.1650a5550288", "16505550288@lid", "1 650 555 0288",
        "16505550288 "})
    void whatIsNotDigitsAloneIsNotWhatsApps(String text) {
        assertThat(Phones.ofWhatsApp(text)).isNull();
    }

    @Test
    void noTextIsNoNumber() {
        assertThat(Phones.digits(null)).isNull();
        assertThat(Phones.ofWhatsApp(null)).isNull();
        assertThat(Phones.read(null, "BR").fault()).isNotEmpty();
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
