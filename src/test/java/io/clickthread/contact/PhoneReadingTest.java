package io.clickthread.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones as people write them: each is one number, or refused with what to write instead. */
class PhoneReadingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "+49 171 2000033 | 491712000033", "0049 171 2000033 | 491712000033", "+0049 171 2000033 | 491712000033",
        "+00 49 171 2000033 | 491712000033", "++49 171 2000033 | 491712000033", "+ 49 171 2000033 | 491712000033",
        "(+49) 171 2000033 | 491712000033", "(0049) 171 2000033 | 491712000033", "+49 (0)171-2000033 | 491712000033",
        "+49 [0] 171/2000033 | 491712000033", "+49 (0) 0171 2000033 | 491712000033", "+44 07911 123456 | 447911123456",
        "+44(0)7911 123456#12 | 447911123456", "+7 8 916 123 45 67 | 79161234567", "+7 (8) 916 123-45-67 | 79161234567",
        "+36 06 30 123 4567 | 36301234567", "+370 8 612 34567 | 37061234567", "+52 044 55 1200 0036 | 525512000036",
        "+56 09 8123 4567 | 56981234567", "+998 8 90 123 45 67 | 998901234567", "+54 11 15 6500-0030 | 5491165000030",
        "+54 9 11 15 6500 0030 | 5491165000030", "+54 02966 15 410030 | 5492966410030", "+39 (0)6 6982 1234 | 390669821234",
        "+39 (0)333 1234567 | 393331234567", "+39 06 6982 1234 | 390669821234", "+242 06 612 3456 | 242066123456",
        "+229 97 00 00 31 | 2290197000031", "+49 171/2000033 | 491712000033", "+49.171.2000033 | 491712000033",
        "+1 650-555-0135 ext. 89 | 16505550135", "+1 650-555-0135 x89 | 16505550135", "+1 650-555-0135 EXT:89 | 16505550135",
        "+1 650-253-0000 extension: 89 | 16502530000", "+1 650-253-0000 #89 | 16502530000",
        "+1 650-253-0000,,89# | 16502530000",
        "+7 495 123-45-67 (доб. 89) | 74951234567", "+7 495 123-45-67 вн. 89 | 74951234567",
        "+55 11 3234-5678 ramal 89 | 551132345678",
        "+56 2 2123 4567 anexo 89 | 56221234567", "+54 11 4321-1234 int. 89 | 5491143211234",
        "+33 1 23 45 67 89 poste 12 | 33123456789",
        "+49 30 1234560 Durchwahl 89 | 49301234560", "+49 30 1234560 DW 89 | 49301234560", "+49 30 123456-89 | 493012345689",
        "tel:+1-650-253-0000;ext=89 | 16502530000", "TEL:+491712000033 | 491712000033",
        "tel:0171-2000033;phone-context=+49 | 491712000033",
        "tel:+49-171-2000033;isub=12 | 491712000033", "'+49 171 2000033 | 491712000033", "\"+49 171 2000033\" | 491712000033",
        "=\"491712000033\" | 491712000033", "+5511941234567.0 | 5511941234567", "5511941234567,00 | 5511941234567",
        "5511940000017 | 5511940000017", "15551234567 | 15551234567", "(15551234567) | 15551234567",
        "55 11 94000-0017 | 5511940000017",
        "1 650 253 0000 | 16502530000", "+44 07700 900123 | 447700900123"})
    void aWritingWithACountryCodeIsOneNumber(String text, String digits) {
        assertThat(Phones.read(text, null)).isEqualTo(PhoneReading.of(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+\u200e49 171 2000033", "\ufeff+491712000033", "+49\u00a0171\u202f2000033", "+49\u2060171 2000033",
        "+49 171\u00ad2000033", "+49\u2011171\u20132000033", "+49 171\u22122000033", "\u2066+49 171 2000033\u2069",
        "\uff0b\uff14\uff19 \uff11\uff17\uff11\u3000\uff12\uff10\uff10\uff10\uff10\uff13\uff13",
        "+\u0664\u0669\u0661\u0667\u0661\u0662\u0660\u0660\u0660\u0660\u0663\u0663",
        "+\u096a\u096f \u0967\u096d\u0967 \u0968\u0966\u0966\u0966\u0966\u0969\u0969", "+49\u200b171\u200b2000033",
        "\u2019+491712000033"})
    void signsThatNobodySeesAndDigitsOfOtherScriptsDoNotMatter(String text) {
        assertThat(Phones.read(text, null)).isEqualTo(PhoneReading.of("491712000033"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "(11) 94100-0034 | BR | 5511941000034", "11941000034 | BR | 5511941000034", "5511941000034 | BR | 5511941000034",
        "011 94100-0034 | BR | 5511941000034", "0 15 11 94100-0034 | BR | 5511941000034",
        "(51) 95155-7852 | BR | 5551951557852",
        "51 95155-7852 | BR | 5551951557852", "(31) 8800-0036 | BR | 5531988000036", "+351 912 345 678 | BR | 351912345678",
        "351912345678 | BR | 351912345678", "0171 2000033 | DE | 491712000033", "(0)171 2000033 | DE | 491712000033",
        "0171/2000033 | DE | 491712000033", "171 2000033 | DE | 491712000033", "491712000033 | DE | 491712000033",
        "49 171 2000033 | DE | 491712000033", "0049 171 2000033 | DE | 491712000033", "00 069 3908 | TJ | 992000693908", "8 (916) 123-45-67 | RU | 79161234567",
        "89161234567 | RU | 79161234567", "810 49 171 2000033 | RU | 491712000033", "06 30 123 4567 | HU | 36301234567",
        "333 1234567 | IT | 393331234567", "393331234567 | IT | 393331234567", "06 6982 1234 | IT | 390669821234",
        "011 15 6500-0030 | AR | 5491165000030", "11 6500-0030 | AR | 5491165000030", "044 55 1200 0036 | MX | 525512000036",
        "55 1200 0036 | MX | 525512000036", "97 00 00 31 | BJ | 2290197000031",
        "01 97 00 00 31 | BJ | 2290197000031", "07 18 13 99 | CI | 2250707181399", "(650) 253-0000 | US | 16502530000",
        "1 650 253 0000 | US | 16502530000", "011 49 171 2000033 | US | 491712000033", "650-253-0000 x89 | US | 16502530000",
        "3227016961 | CO | 573227016961", "131 6285 2922 | CN | 8613162852922", "15551234567 | US | 15551234567",
        "098765 43210 | IN | 919876543210",
        "015551234567 | DE | 4915551234567", "15551234567 | BR | 15551234567", "15112345678 | DE | 4915112345678",
        "+15551234567 | DE | 15551234567", "0015551234567 | DE | 15551234567"})
    void aNumberWithoutCountryCodeIsCompletedInItsCountry(String text, String country, String digits) {
        assertThat(Phones.read(text, country)).isEqualTo(PhoneReading.of(digits));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"(11) 94100-0034", "011 94100-0034", "0171 2000033", "322 701 6961", "51 95155-7852",
        "8 (916) 123-45-67", "94000-0017", "5511 94000-0017"})
    void withoutCountryCodeAndCountryItIsRefused(String text) {
        assertThat(Phones.read(text, null).fault()).startsWith("has no country code. Write it with + and its country code, for "
                + "example +55");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"6591875752 | IN", "1 55 1200 0036 | MX", "51951557852 | BR", "13162852922 | CN",
        "15157291655 | DE", "15551234567 | DE",
        "2202090562 | MX"})
    void whatIsANumberHereAndElsewhereIsRefused(String text, String country) {
        assertThat(Phones.read(text, country).fault())
                .startsWith("is a number of " + country + " and, with another country's code,")
                .contains("with + and its country code").doesNotContain(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"94000-0017 | BR", "119410003 | BR", "21941000034 | US", "2000033 | DE",
        "15 6500-0030 | AR", "0171 2000033 | AQ", "31/01/2021 | BR", "1234567 | ZZ"})
    void whatIsNoNumberOfItsCountryIsRefused(String text, String country) {
        assertThat(Phones.read(text, country).fault()).startsWith("is not a complete phone number of " + country + ".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "US.1650a5550288 | letters", "BR.1502576394600002 | letters", "17240000000011@lid | letters",
        "120363194291234567@g.us | letters", "491712000033@s.whatsapp.net | letters", "+49 171 2OOOO33 | letters",
        "1-800-FLOWERS | letters", "16505550135x89 | letters", "+49 171 20000 33 i.V. 5 | letters",
        "+1 650 253 0000 x1/x2 | letters",
        "n/a | letters", "5.51194E+12 | scientific notation", "5,51194e12 | scientific notation",
        "+5.51194E+12 | scientific notation",
        "+49 171 2000033 / +49 171 2000044 | more than one number", "11 94000-0017 / 18 | more than one number",
        "+5511940000017, +5511940000018 | more than one number", "5511940000017;5511940000018 | more than one number",
        "+49 171 2000033 +49 171 2000044 | more than one number", "5511940000017 5511940000018 | more than 15 digits",
        "1234567890123456 | more than 15 digits", "1234 | too few digits", "+123456 | too few digits",
        "12 | too few digits", "^^ | too few digits",
        "+49 171 | too few digits", "+49 171 2000033* | signs", "+49_171_2000033 | signs", "+49 171 20000\u00b33 | signs",
        "+0171 2000033 | begins with no country's code", "+8 916 123 45 67 | begins with no country's code",
        "+999 12345678 | begins with no country's code", "0000000000 | begins with no country's code",
        "00 000 0000 | begins with no country's code", "0055 00000000 | is no number of the country",
        "+39 (0)331 1234567 | is one number with the (0) and another without",
        "tel:0171-2000033;phone-context=example.com | behind ';'"})
    void whatCannotBeToldIsRefusedWithItsReason(String text, String reason) {
        PhoneReading reading = Phones.read(text, null);

        assertThat(reading.digits()).isNull();
        assertThat(reading.fault()).contains(reason).endsWith(".");
    }
}
