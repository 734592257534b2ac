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
    private static final Pattern OLD_BRAZILIAN_MOBILE = Pattern.compile("^55([1-9]\\d)([6-9]\\d{7})$");
    private static final Pattern OLD_MEXICAN = Pattern.compile("^521(\\d{10})$");

    private Phones() {
    }

    /**
     * The digits of a number.
     *
     * @param text as it came: with or without a plus, blanks or punctuation; may be null
     * @return its digits with country code as they came, or null if there are none
     */
    public static String digits(String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.isEmpty() ? null : digits.toString();
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
