package io.clickthread.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.clickthread.contact.NumberingChanges.Change;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every number of every country's plan, and for everything that is none. */
class NumberingPlansPropertiesTest {

    /** A number of today is its own form of today; so no two of them, which are two people's, are ever one. */
    @Property(tries = 10_000)
    void noNumberOfTodayBecomesAnother(@ForAll("mobiles") PhoneNumber number) {
        String digits = PlanNumbers.digits(number);
        Assume.that(!PlanNumbers.isSecondForm(digits));

        assertThat(Phones.canonical(digits)).isEqualTo(digits);
    }

    @Property(tries = 3_000)
    void anOldFormIsNobodyElsesNumberAndBecomesOneOfToday(@ForAll("changes") Change change, @ForAll java.util.Random random) {
        String old = PlanNumbers.old(change, random);
        String today = change.old().matcher(old).replaceFirst(change.today());

        assertThat(Phones.canonical(old)).as("%s %s", change.country(), old).isEqualTo(Phones.canonical(today))
                .isEqualTo(Phones.canonical(Phones.canonical(old)));
        if (PlanNumbers.of(today) != null && PlanNumbers.NUMBERS.isValidNumber(PlanNumbers.of(today))) {
            assertThat(Phones.canonical(today)).isEqualTo(today);
        }
        if (!change.both()) {
            assertThat(NumberingPlans.knows(old)).as("%s %s is somebody's number", change.country(), old).isFalse();
        }
    }

    @Property(tries = 3_000)
    void everyWritingWithACountryCodeIsTheNumber(@ForAll("mobiles") PhoneNumber number) {
        String digits = PlanNumbers.digits(number);
        String grouped = PlanNumbers.NUMBERS.format(number, PhoneNumberFormat.INTERNATIONAL);
        for (String writing : List.of(digits, "+" + digits, "00" + digits, "+00" + digits, "++" + digits, "'+" + digits,
                grouped, grouped.replace(' ', '\u00a0'), grouped.replace(' ', '.'), grouped.replace("-", "\u2011"),
                "\u202a" + grouped + "\u202c", grouped.replaceFirst("\\+", "00"), "(" + grouped.replaceFirst(" ", ") "),
                grouped + " ext. 89", grouped + " x89", "+" + digits + "x89", grouped + ";ext=89", grouped + " ramal 1",
                grouped + " (доб. 12)", "tel:+" + digits, PlanNumbers.NUMBERS.format(number, PhoneNumberFormat.RFC3966),
                wide(grouped), digits + ".0", "=\"+" + digits + "\"")) {
            assertThat(Phones.read(writing, null)).as(writing).isEqualTo(PhoneReading.of(Phones.canonical(digits)));
        }
        assertThat(Phones.digits("+" + digits)).isEqualTo(digits);
        assertThat(Phones.ofWhatsApp(digits)).isEqualTo(digits);
    }

    @Property(tries = 3_000)
    void aTrunkPrefixBehindTheCountryCodeIsNoPartOfTheNumber(@ForAll("mobiles") PhoneNumber number) {
        String country = PlanNumbers.NUMBERS.getRegionCodeForNumber(number);
        Assume.that("0".equals(PlanNumbers.NUMBERS.getNddPrefixForRegion(country, true)) && !number.hasItalianLeadingZero());
        String rest = PlanNumbers.NUMBERS.getNationalSignificantNumber(number);
        String today = Phones.canonical(PlanNumbers.digits(number));

        for (String writing : List.of("+%d (0)%s", "+%d(0) %s", "00%d [0] %s")) {
            assertThat(Phones.read(String.format(writing, number.getCountryCode(), rest), null)).as(writing + rest)
                    .isEqualTo(PhoneReading.of(today));
        }
        String bare = number.getCountryCode() + "0" + rest; // in Colombia 03 is a carrier's code, so it stays as it is
        assertThat(Phones.read("+" + bare, null).digits()).isIn(today, bare);
    }

    @Property(tries = 10_000)
    void aNationalWritingIsTheNumberInItsCountryAndOtherwiseNobodys(@ForAll("mobiles") PhoneNumber number) {
        String country = PlanNumbers.NUMBERS.getRegionCodeForNumber(number);
        String today = Phones.canonical(PlanNumbers.digits(number));
        String grouped = PlanNumbers.NUMBERS.format(number, PhoneNumberFormat.NATIONAL);
        String plain = PlanNumbers.NUMBERS.getNationalSignificantNumber(number);

        assertThat(Phones.read(plain, country).digits()).as("%s in %s", plain, country).isIn(today, null);
        if (grouped.matches(".*[ ()-].*")) {
            assertThat(Phones.read(grouped, country)).as("%s in %s", grouped, country).isEqualTo(PhoneReading.of(today));
            assertThat(Phones.read(grouped, null).digits()).as(grouped).isIn(today, null);
        }
    }

    /** As WhatsApp writes it, whatever country the account calls its own. */
    @Property(tries = 10_000)
    void digitsWithCountryCodeNeverBecomeANumberOfAnotherCountry(@ForAll("mobiles") PhoneNumber number,
                                                                 @ForAll("countries") String country) {
        String digits = PlanNumbers.digits(number);

        assertThat(Phones.read(digits, country).digits()).as("%s in %s", digits, country).isIn(Phones.canonical(digits), null);
    }

    @Property(tries = 10_000)
    void aNumberWithALetterInItIsNone(@ForAll("mobiles") PhoneNumber number, @ForAll("letters") String letter,
                                      @ForAll java.util.Random random) {
        String digits = PlanNumbers.digits(number);
        int place = random.nextInt(digits.length() + 1);
        String id = digits.substring(0, place) + letter + digits.substring(place);
        for (String text : List.of(id, "US." + id, id + "@lid", id + "@g.us", "US." + digits, "id:" + digits)) {
            assertThat(Phones.digits(text)).as(text).isNull();
            assertThat(Phones.ofWhatsApp(text)).as(text).isNull();
            assertThat(Phones.read(text, null).digits()).as(text).isNull();
            assertThat(Phones.read(text, "US").digits()).as(text).isNull();
            assertThat(Identities.of(text)).as(text).noneMatch(alias -> alias.kind().equals(Alias.PHONE));
        }
    }

    @Property(tries = 5_000)
    void theFormOfTodayHasNoOtherFormOfToday(@ForAll("digits") String digits) {
        String today = Phones.canonical(digits);

        assertThat(Phones.canonical(today)).isEqualTo(today).matches("[0-9]{1,17}");
    }

    @Property(tries = 5_000)
    void everyTextIsEitherANumberOrHasItsFault(@ForAll String text, @ForAll("countries") String country) {
        PhoneReading reading = Phones.read(text, country);

        assertThat(reading.digits() == null).isNotEqualTo(reading.fault() == null);
        assertThat(reading.digits() == null || reading.digits().matches("[0-9]{5,15}")).isTrue();
    }

    @Provide
    Arbitrary<PhoneNumber> mobiles() {
        return PlanNumbers.mobile();
    }

    @Provide
    Arbitrary<Change> changes() {
        return Arbitraries.of(NumberingChanges.ALL);
    }

    @Provide
    Arbitrary<String> countries() {
        return Arbitraries.of(PlanNumbers.NUMBERS.getSupportedRegions());
    }

    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.oneOf(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(3),
                Arbitraries.of("x", "e", "X", "ext", "г", "ω"));
    }

    @Provide
    Arbitrary<String> digits() {
        return Arbitraries.strings().numeric().ofMinLength(5).ofMaxLength(15);
    }

    private static String wide(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c == '+' || Character.isDigit(c) ? c + 0xfee0 : c)));
        return wide.toString();
    }
}
