package io.clickthread.contact;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phone numbers as WhatsApp has them, as systems write them, and as people do. A contact is known by its number as it came and
 * in its form of today, and looked up by the latter.
 */
public final class Phones {

    private static final Pattern TRUSTED = Pattern.compile("\\+?([0-9]{5,15})");
    /** A mobile number of Argentina with both the 9 and the 15, of which one stands for the other. */
    private static final Pattern ARGENTINA_TWICE = Pattern.compile("549(\\d{12})");
    private static final int SHORTEST = 7;
    private static final int LONGER_THAN_NATIONAL = 12;
    private static final String EXAMPLE = "Write it with + and its country code, for example +5511940000017";

    private Phones() {
    }

    /**
     * The digits of a number in a field in which WhatsApp or a provider puts nothing but a number. They are taken as they are:
     * WhatsApp is the authority for its own numbers, some of which no numbering plan has.
     *
     * @param text 5 to 15 digits with country code, with a plus or without; may be null
     * @return the digits; null for any other text
     */
    public static String ofWhatsApp(String text) {
        Matcher digits = TRUSTED.matcher(text == null ? "" : text);
        return digits.matches() ? digits.group(1) : null;
    }

    /**
     * The digits of a number that a system has written, whether a numbering plan has it or not.
     *
     * @param text as it came; may be null
     * @return its digits with country code; null if it is not one number with its country code: for anything with letters in
     *         it, which is an id or a name, for a national number, and for fewer than 5 or more than 15 digits
     */
    public static String digits(String text) {
        PhoneText written = PhoneText.of(text);
        if (written.fault() != null || !written.international() && !namesItsCode(written)) {
            return null;
        }
        return written.digits().charAt(0) == '0' ? null
                : written.withZero() == null ? written.digits() : PhoneReader.zero(written).digits();
    }

    /**
     * Reads a number as people write it. With {@code +} or {@code 00} it is international; what is known of no plan is looked
     * up as it stands. Without, see {@link PhoneReader}.
     *
     * @param text    as it came; may be null
     * @param country where a number without country code belongs, ISO 3166-1 alpha-2 in capitals; null if that is not known
     * @return the number, or why it cannot be told
     */
    public static PhoneReading read(String text, String country) {
        PhoneText written = PhoneText.of(text);
        PhoneReading reading = written.fault() != null ? PhoneReading.not(written.fault())
                : written.international() ? PhoneReader.international(written, country)
                : country != null ? PhoneReader.national(written, country)
                : namesItsCode(written) ? PhoneReading.of(canonical(written.digits()))
                : PhoneReading.not("has no country code. " + EXAMPLE + ", or name its country in 'country'.");
        boolean asWhatsAppWrites = written.fault() == null && written.isPlain() && !written.international();
        return reading.digits() != null && reading.digits().length() < SHORTEST && !asWhatsAppWrites
                ? PhoneReading.not("has too few digits for a phone number with its country code. " + EXAMPLE + ".") : reading;
    }

    /**
     * Whether a country's numbering plan has the number.
     *
     * @param digits with country code
     * @return false also for a number that is newer than the plans known here
     */
    public static boolean isKnown(String digits) {
        return NumberingPlans.knows(canonical(digits));
    }

    /**
     * A number in the words of an error, in which it must not stand.
     *
     * @param digits with country code, known to a numbering plan
     * @return its country and its last two digits
     */
    public static String described(String digits) {
        String country = NumberingPlans.country(canonical(digits));
        return "a number " + (country == null ? "" : "of " + country + " ") + "ending in " + digits.substring(digits.length() - 2);
    }

    /**
     * The form that a number has today.
     *
     * @param digits with country code
     * @return the digits of its E.164 form; the same digits, if no plan has such a number
     */
    public static String canonical(String digits) {
        String number = NumberingPlans.e164(NumberingChanges.today(digits));
        Matcher twice = ARGENTINA_TWICE.matcher(number);
        if (twice.matches()) {
            String once = NumberingPlans.e164("54" + twice.group(1));
            number = ARGENTINA_TWICE.matcher(once).matches() || !NumberingPlans.knows(once) ? number : once;
        }
        return NumberingChanges.today(number); // a trunk prefix may have hidden the old form
    }

    /**
     * What a contact with this number is known by.
     *
     * @param digits with country code
     * @return the number as it came, and its form of today if that is another
     */
    public static List<Alias> aliases(String digits) {
        Alias asItCame = new Alias(Alias.PHONE, digits);
        String canonical = canonical(digits);
        return canonical.equals(digits) ? List.of(asItCame) : List.of(asItCame, new Alias(Alias.PHONE, canonical));
    }

    /**
     * Whether the writing itself says that there is a country code. Digits alone are WhatsApp's and the API's own writing. Of a
     * grouped number the first group says it, if the whole is longer than national numbers are: {@code 55 11 94000-0017} and
     * {@code 1 415 555 0100}, but not {@code 51 95155-7852}, which is a number of Porto Alegre or of Peru.
     */
    static boolean namesItsCode(PhoneText written) {
        String digits = written.digits();
        return digits.charAt(0) != '0' && (written.isPlain() || NumberingPlans.isCallingCode(written.groups())
                && (digits.length() >= LONGER_THAN_NATIONAL || written.groups().length() == 1)
                && NumberingPlans.knows(canonical(digits)));
    }
}
