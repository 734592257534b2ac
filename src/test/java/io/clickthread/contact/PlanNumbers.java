package io.clickthread.contact;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Numbers out of the plans of all countries: an example of each, some of whose digits are thrown anew. */
final class PlanNumbers {

    static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Set<PhoneNumberType> MOBILE = Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);
    /** Countries with rules of ours come up more often than the two hundred others. */
    private static final List<String> CHANGED = NumberingChanges.ALL.stream().map(NumberingChanges.Change::country)
            .distinct().toList();

    private PlanNumbers() {
    }

    /** Valid mobile numbers. */
    static Arbitrary<PhoneNumber> mobile() {
        Arbitrary<String> regions = Arbitraries.oneOf(Arbitraries.of(CHANGED), Arbitraries.of(NUMBERS.getSupportedRegions()));
        return Combinators.combine(regions, Arbitraries.randoms()).as(PlanNumbers::mobile);
    }

    static PhoneNumber mobile(String region, Random random) {
        PhoneNumber example = NUMBERS.getExampleNumberForType(region, PhoneNumberType.MOBILE);
        if (example == null) {
            return mobile("BR", random);
        }
        String nsn = NUMBERS.getNationalSignificantNumber(example);
        return IntStream.range(0, 1_000).mapToObj(attempt -> {
            StringBuilder digits = new StringBuilder(nsn);
            int kept = random.nextInt(nsn.length());
            for (int i = 0; i < nsn.length(); i++) {
                if (i >= kept || random.nextInt(4) == 0) {
                    digits.setCharAt(i, (char) ('0' + random.nextInt(10)));
                }
            }
            return of(example.getCountryCode() + digits.toString());
        }).filter(number -> number != null && number.getCountryCode() == example.getCountryCode() && isMobile(number))
                .findFirst().orElse(example);
    }

    private static boolean isMobile(PhoneNumber number) {
        return NUMBERS.isValidNumber(number) && MOBILE.contains(NUMBERS.getNumberType(number));
    }

    /** The number of digits with a calling code, if they are one and stay as they are; else null. */
    static PhoneNumber of(String digits) {
        try {
            PhoneNumber number = NUMBERS.parse("+" + digits, null);
            return digits(number).equals(digits) ? number : null;
        } catch (com.google.i18n.phonenumbers.NumberParseException e) {
            return null;
        }
    }

    static String digits(PhoneNumber number) {
        return NUMBERS.format(number, PhoneNumberFormat.E164).substring(1);
    }

    /** Whether it is an old form that the plans list beside the one of today, for the same subscriber. */
    static boolean isSecondForm(String digits) {
        return NumberingChanges.ALL.stream().anyMatch(change -> change.both() && change.old().matcher(digits).matches());
    }

    /** A number in the old form of a rule. */
    static String old(NumberingChanges.Change change, Random random) {
        String known = change.old().pattern().replaceFirst("(?:\\d\\?|[^\\d]).*", "");
        for (int attempt = 0; attempt < 2_000_000; attempt++) {
            StringBuilder digits = new StringBuilder(known);
            for (int length = 9 + random.nextInt(6); digits.length() < length;) {
                digits.append(random.nextInt(10));
            }
            if (change.old().matcher(digits).matches()) {
                return digits.toString();
            }
        }
        throw new IllegalStateException("no number found for " + change);
    }
}
