package io.clickthread.contact;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the signs of a text say when it is read as one phone number, before any numbering plan is asked. libphonenumber cannot
 * do this part: it turns letters into digits and appends what it does not know, so that {@code +49 171 20000 33 DW 5} comes
 * out as the valid number of somebody else.
 *
 * @param international whether it begins with {@code +} or {@code 00}
 * @param plus          whether it begins with {@code +}
 * @param digits        its digits; behind {@code +} or {@code 00}, if it begins so, and without a trunk prefix in brackets
 * @param withZero      the same with the {@code (0)}, which some countries' numbers keep; null if there is none
 * @param groups        where the writer has put separators: the digits before the first one; null for digits alone
 * @param fault         why it is no phone number, as the rest of a sentence that begins with the field; null if it may be one
 */
record PhoneText(boolean international, boolean plus, String digits, String withZero, String groups, String fault) {

    private static final int LONGEST = 80;
    private static final String WRITE = "Send one phone number with its country code, for example +5511940000017.";

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Mn}]");
    private static final Pattern BLANK = Pattern.compile("[\\p{Zs}\\t]+");
    private static final Pattern DASH = Pattern.compile("[\\p{Pd}\\u2212]");
    private static final Pattern QUOTED = Pattern.compile("^=?[\"'`\\u2018-\\u201d]+|[\"'`\\u2018-\\u201d]+$");
    /** A spreadsheet's decimals behind the digits of a number. */
    private static final Pattern DECIMALS = Pattern.compile("(\\+?\\d{7,})[.,]0{1,2}");
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d+(?:[.,]\\d+)?[eE][+-]?\\d+");
    private static final Pattern TEL = Pattern.compile("(?i)tel:(?://)?([^;]+)((?:;[a-z-]+=[^;]*)*)");
    private static final Pattern CONTEXT = Pattern.compile("(?i);phone-context=(\\+[0-9]+)");
    private static final Pattern FOREIGN_PARAMETER = Pattern.compile("(?i);(?!ext=|isub=|phone-context=\\+)");
    /** No letter before it, said without {@code \b}: since Java 19 that knows the letters of ASCII alone. */
    private static final Pattern EXTENSION = Pattern.compile("(?iu)[ ,;(]*(?:(?<![\\p{L}_])(?:e?xt(?:ensi[oó])?n?|x|ramal|r|"
            + "anexo|int(?:erno)?|poste|durchwahl|dw|доб(?:авочный)?|вн(?:утр)?)|#|,,)[ .:=]{0,3}[0-9]{1,7}[#)]?");
    private static final Pattern PREFIX = Pattern.compile("\\(?\\s*(\\++\\s*(?:00)?|00)\\s*");
    private static final Pattern SIGNS = Pattern.compile("[0-9 ().\\[\\]/-]*");
    private static final Pattern TRUNK = Pattern.compile("[(\\[]\\s*0\\s*[)\\]]");
    private static final Pattern AROUND = Pattern.compile("^[^0-9]+|[^0-9]+$");
    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");

    /** Reads a text; null is read like an empty one. */
    static PhoneText of(String given) {
        String text = given == null ? "" : given;
        if (text.length() > LONGEST) {
            return not("is longer than any phone number. " + WRITE);
        }
        text = plain(text);
        if (SCIENTIFIC.matcher(text).matches()) {
            return not("is in scientific notation, which has lost its last digits. Format the column as text in the "
                    + "spreadsheet and enter the number again.");
        }
        Matcher tel = TEL.matcher(text);
        if (tel.matches()) {
            Matcher context = CONTEXT.matcher(tel.group(2));
            if (FOREIGN_PARAMETER.matcher(tel.group(2)).find()) {
                return not("has a part behind ';' that cannot be read. " + WRITE);
            }
            text = (context.find() && !tel.group(1).startsWith("+") ? context.group(1) : "") + tel.group(1);
        }
        Matcher decimals = DECIMALS.matcher(text);
        return signs(withoutExtension(decimals.matches() ? decimals.group(1) : text));
    }

    private static String plain(String text) {
        String plain = INVISIBLE.matcher(text).replaceAll("");
        plain = DASH.matcher(BLANK.matcher(plain).replaceAll(" ")).replaceAll("-").replace('\uff0b', '+')
                .replace('\uff08', '(').replace('\uff09', ')').replace('\uff0e', '.').replace('\uff0f', '/');
        StringBuilder digits = new StringBuilder(plain.length());
        plain.codePoints().forEach(c -> digits.appendCodePoint(
                Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? '0' + Character.digit(c, 10) : c));
        return QUOTED.matcher(digits.toString().strip()).replaceAll("").strip();
    }

    /** Digits alone with a letter between them are an id to everybody but the person who wrote them: they keep their letter. */
    private static String withoutExtension(String text) {
        Matcher extension = EXTENSION.matcher(text);
        for (int from = 0; extension.find(from); from = extension.start() + 1) {
            if (extension.end() == text.length() && extension.start() > 0) {
                String number = text.substring(0, extension.start()).strip();
                boolean glued = number.length() == extension.start() && Character.isLetter(text.charAt(extension.start()))
                        && number.chars().allMatch(Character::isDigit);
                return glued ? text : number;
            }
        }
        return text;
    }

    private static PhoneText signs(String text) {
        Matcher prefix = PREFIX.matcher(text);
        boolean international = prefix.lookingAt();
        boolean plus = international && prefix.group(1).contains("+");
        String rest = international ? text.substring(prefix.end()) : text;
        if (rest.codePoints().anyMatch(Character::isLetter)) {
            return not("contains letters, so it is no phone number. " + WRITE);
        }
        if (rest.indexOf('+') >= 0 || rest.indexOf('\n') >= 0 || rest.matches(".*[,;|&].*") || severalBySlash(rest)) {
            return not("contains more than one number. Send one.");
        }
        if (!SIGNS.matcher(rest).matches()) {
            return not("contains signs that no phone number has. " + WRITE);
        }
        String digits = NO_DIGIT.matcher(rest).replaceAll("");
        String without = international ? NO_DIGIT.matcher(TRUNK.matcher(rest).replaceFirst("")).replaceAll("") : digits;
        if (without.length() < 5 || without.length() > 15) {
            return not("has " + (without.length() < 5 ? "too few" : "more than 15") + " digits for one phone number. " + WRITE);
        }
        String bare = AROUND.matcher(rest).replaceAll("");
        String groups = bare.equals(digits) ? null : NO_DIGIT.split(bare, 2)[0];
        return new PhoneText(international, plus, without, without.equals(digits) ? null : digits, groups, null);
    }

    /** {@code 0171/2000033} is one number, {@code 2000033/34} are two. */
    private static boolean severalBySlash(String rest) {
        int last = rest.lastIndexOf('/');
        return last >= 0 && NO_DIGIT.matcher(rest.substring(0, last)).replaceAll("").length() > 7;
    }

    private static PhoneText not(String fault) {
        return new PhoneText(false, false, null, null, null, fault);
    }

    /** Whether there is nothing but digits, as systems write. */
    boolean isPlain() {
        return groups == null;
    }

    @Override
    public String toString() {
        return "PhoneText"; // the rest is a person's
    }
}
