package io.clickthread.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The countries' numbering plans, as libphonenumber has them. It is given digits only, never a text of people's, and it decides
 * which of several readings is a number; a number that it does not know may still be one, because plans grow faster than
 * the library is updated.
 */
final class NumberingPlans {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Set<Integer> CODES = NUMBERS.getSupportedCallingCodes();
    private static final Set<PhoneNumberType> FIXED = Set.of(PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE,
            PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN, PhoneNumberType.VOICEMAIL,
            PhoneNumberType.PAGER);

    /** Area code 555 is in no plan, but WhatsApp has such numbers: Meta gives them to businesses for tests. */
    private static final Pattern OF_WHATSAPP = Pattern.compile("1555\\d{7}");

    private NumberingPlans() {
    }

    /**
     * The E.164 digits of digits with a country code, without a trunk prefix between them; the same, if they have none. The
     * library drops one a call, of several the first.
     */
    static String e164(String digits) {
        PhoneNumber number = parse("+" + digits, null);
        String e164 = number == null ? digits : NUMBERS.format(number, PhoneNumberFormat.E164).substring(1);
        return e164.length() < digits.length() ? e164(e164) : e164;
    }

    /** Whether a plan has the number. */
    static boolean knows(String digits) {
        PhoneNumber number = parse("+" + digits, null);
        return number != null && NUMBERS.isValidNumber(number);
    }

    /** Whether a plan has the number, or WhatsApp without one. */
    static boolean knowsOrWhatsAppDoes(String digits) {
        return knows(digits) || OF_WHATSAPP.matcher(digits).matches();
    }

    /** The country that a number belongs to, as its code; null if no plan has the number, or one of the whole world. */
    static String country(String digits) {
        PhoneNumber number = parse("+" + digits, null);
        String country = number == null ? null : NUMBERS.getRegionCodeForNumber(number);
        return "001".equals(country) ? null : country;
    }

    /** Whether the number can be a mobile one; in some plans nothing tells. */
    static boolean canBeMobile(String digits) {
        PhoneNumber number = parse("+" + digits, null);
        return number != null && !FIXED.contains(NUMBERS.getNumberType(number));
    }

    /** The E.164 digits of what somebody in a country dials; null if the country has no plan here or it is no number at all. */
    static String dialledIn(String country, String digits) {
        PhoneNumber number = NUMBERS.getSupportedRegions().contains(country) ? parse(digits, country) : null;
        return number == null ? null : NUMBERS.format(number, PhoneNumberFormat.E164).substring(1);
    }

    /** Whether a country's people put a trunk prefix before a national number, and these digits begin with it. */
    static boolean hasTrunkPrefix(String country, String digits) {
        String trunk = NUMBERS.getNddPrefixForRegion(country, true);
        return trunk != null && digits.startsWith(trunk);
    }

    /** Whether a country's people put a 0 before a national number, which tells it from an international one. */
    static boolean hasZero(String country) {
        return "0".equals(NUMBERS.getNddPrefixForRegion(country, true));
    }

    /** Whether the digits begin with a country's calling code. */
    static boolean beginsWithCodeOf(String country, String digits) {
        int code = NUMBERS.getCountryCodeForRegion(country);
        return code != 0 && digits.startsWith(Integer.toString(code));
    }

    /** Whether the digits are a calling code, all of them. */
    static boolean isCallingCode(String digits) {
        return !digits.isEmpty() && digits.length() <= 3 && CODES.contains(Integer.valueOf(digits));
    }

    /** Whether the digits begin with a calling code. */
    static boolean beginsWithCallingCode(String digits) {
        return digits.charAt(0) != '0' && (isCallingCode(digits.substring(0, 1)) || isCallingCode(digits.substring(0, 2))
                || isCallingCode(digits.substring(0, 3)));
    }

    private static PhoneNumber parse(String text, String region) {
        try {
            return NUMBERS.parse(text, region);
        } catch (NumberParseException e) {
            return null;
        }
    }
}
