package io.clickthread.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Phone numbers as WhatsApp writes them and as a shop has them in its books. WhatsApp keeps numbers in the form in which
 * they were registered; two countries have changed theirs since: Mexico dropped the 1 behind its country code, and Brazil
 * put a 9 before the eight digits of a mobile number. A contact is known by both forms, and looked up by the one of today.
 */
public final class Phones {

    private static final int LONGEST = 32;
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Pattern WRITTEN = Pattern.compile("\\s*\\+?[0-9 ().-]+\\s*");
    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");
    private static final Pattern OLD_BRAZILIAN_MOBILE = Pattern.compile("^55([1-9]\\d)([6-9]\\d{7})$");
    private static final Pattern OLD_MEXICAN = Pattern.compile("^521(\\d{10})$");

    private Phones() {
    }

    /**
     * The digits of a number that a system has written.
     *
     * @param text as it came: with or without a plus, blanks or punctuation; may be null
     * @return its digits with country code as they came; null for anything with a letter or another sign in it, which is an
     *         id or a name, and for fewer than 5 or more than 15 digits, which is no number of E.164
     */
    public static String digits(String text) {
        if (text == null || text.length() > LONGEST || !WRITTEN.matcher(text).matches()) {
            return null;
        }
        String digits = NO_DIGIT.matcher(text).replaceAll("");
        return digits.length() < 5 || digits.length() > 15 ? null : digits;
    }

    /**
     * The form that a number has today.
     *
     * @param digits with country code
     * @return the digits of its E.164 form; the same digits, if libphonenumber knows no such number
     */
    public static String canonical(String digits) {
        String number = OLD_MEXICAN.matcher(digits).replaceFirst("52$1");
        number = OLD_BRAZILIAN_MOBILE.matcher(number).replaceFirst("55$19$2");
        try {
            return NUMBERS.format(NUMBERS.parse("+" + number, null), PhoneNumberFormat.E164).substring(1);
        } catch (NumberParseException e) {
            return number;
        }
    }

    /**
     * What a contact with this number is known by.
     *
     * @param digits with country code
     * @return the number as it came, and its form of today if that is another
     */
    public static List<Alias> aliases(String digits) {
        List<Alias> aliases = new ArrayList<>(2);
        aliases.add(new Alias(Alias.PHONE, digits));
        String canonical = canonical(digits);
        if (!canonical.equals(digits)) {
            aliases.add(new Alias(Alias.PHONE, canonical));
        }
        return aliases;
    }
}
