package io.clickthread.csv;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount as people write it, for itself: without the column that it stands in. {@code 1.234,56} and {@code 49,90} can be
 * read in one way; {@code 1.500} may be a thousand five hundred or one and a half.
 *
 * @param value      the amount, if it can be read in one way; else null
 * @param ambiguous  the sign that may group thousands or begin the decimals; 0 if there is none
 * @param whole      the amount if that sign groups thousands, or null
 * @param decimal    the amount if it begins the decimals, or null
 * @param shows      the decimal sign of whoever wrote it, as far as this amount shows it; else 0
 * @param thirds     whether it surely has three decimals
 * @param currencies that the signs beside it may mean; none if there are no signs
 * @param fault      why it is no amount that can be sent, and what to write; null if it is one, or no amount at all
 */
record Amount(BigDecimal value, char ambiguous, BigDecimal whole, BigDecimal decimal, char shows, boolean thirds,
              Set<String> currencies, String fault) {

    private static final Pattern PARTS = Pattern.compile("([^0-9]*)([0-9](?:[0-9.,' ]*[0-9])?)([^0-9]*)");
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+");
    private static final Pattern MINUS = Pattern.compile("[-()]");
    private static final Pattern AROUND = Pattern.compile("[-+()]");
    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");
    private static final Map<Character, Pattern> GROUPED = Map.of('.', grouped("[.]"), ',', grouped(","), ' ', grouped(" "),
            '\'', grouped("'"));
    private static final Pattern INDIAN = Pattern.compile("[1-9][0-9]?(,[0-9]{2})+,[0-9]{3}");
    private static final Amount NONE = new Amount(null, (char) 0, null, null, (char) 0, false, Set.of(), null);
    private static final int LONGEST = 60;

    /**
     * Reads one.
     *
     * @param cell not empty
     * @return the amount; without value, sign and fault if it is none
     */
    static Amount read(String cell) {
        String text = CellText.plain(cell);
        if (text.length() > LONGEST) {
            return NONE;
        }
        if (!text.isEmpty() && text.chars().allMatch(c -> isDigit((char) c) || c == '.' || c == ',')
                && isDigit(text.charAt(0)) && isDigit(text.charAt(text.length() - 1))) {
            return read(text, Set.of()); // most amounts, and the patterns below cost ten times as much
        }
        if (SCIENTIFIC.matcher(text).matches()) {
            return fault("is in scientific form, in which digits are lost. Format the column as a number and save it again");
        }
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return NONE;
        }
        String before = parts.group(1);
        String number = parts.group(2);
        boolean negative = MINUS.matcher(before + parts.group(3)).find();
        before = AROUND.matcher(before).replaceAll("").strip();
        String behind = parts.group(3);
        String after = behind.equals(".") || behind.equals(",") ? "" : AROUND.matcher(behind).replaceAll("").strip();
        if (CurrencySigns.of(before) == null && (before.endsWith(".") || before.endsWith(","))) {
            number = "0" + before.charAt(before.length() - 1) + number;
            before = before.substring(0, before.length() - 1).strip();
        }
        Set<String> currencies = currencies(CurrencySigns.of(before), CurrencySigns.of(after));
        if (currencies == null) {
            return NONE;
        }
        return negative ? fault("is negative. A conversion has an amount above zero; leave refunds out") : read(number, currencies);
    }

    private static Amount read(String number, Set<String> currencies) {
        int points = count(number, '.');
        int commas = count(number, ',');
        char grouping = number.indexOf(' ') >= 0 ? ' ' : number.indexOf('\'') >= 0 ? '\'' : 0;
        if (grouping == ' ' && number.indexOf('\'') >= 0) {
            return NONE;
        }
        if (points + commas == 0) {
            return isGrouped(number, grouping) ? sure(number, "", (char) 0, false, currencies) : NONE;
        }
        char sign = number.lastIndexOf('.') > number.lastIndexOf(',') ? '.' : ',';
        String before = number.substring(0, number.lastIndexOf(sign));
        String after = number.substring(number.lastIndexOf(sign) + 1);
        char other = sign == '.' ? ',' : '.';
        if (points > 0 && commas > 0) {
            return grouping == 0 && before.indexOf(sign) < 0 && isGrouped(before, other)
                    ? sure(before, after, sign, after.length() == 3, currencies) : NONE;
        }
        if (points + commas > 1) {
            return grouping == 0 && isGrouped(number, sign) ? sure(number, "", other, false, currencies) : NONE;
        }
        if (!isGrouped(before, grouping) || count(after, ' ') + count(after, '\'') > 0) {
            return NONE;
        }
        boolean thirds = after.length() == 3;
        if (thirds && grouping == 0 && before.length() <= 3 && before.charAt(0) != '0') {
            return new Amount(null, sign, new BigDecimal(before + after), new BigDecimal(before + "." + after), (char) 0, false,
                    currencies, null);
        }
        return sure(before, after, sign, thirds, currencies);
    }

    private static Amount sure(String before, String after, char shows, boolean thirds, Set<String> currencies) {
        String digits = NO_DIGIT.matcher(before).replaceAll("") + (after.isEmpty() ? "" : "." + after);
        return new Amount(new BigDecimal(digits), (char) 0, null, null, shows, thirds, currencies, null);
    }

    private static Amount fault(String fault) {
        return new Amount(null, (char) 0, null, null, (char) 0, false, Set.of(), fault);
    }

    /** Groups of three; or, with commas as in India, groups of two before the last three. */
    private static boolean isGrouped(String text, char grouping) {
        return grouping == 0 ? text.chars().allMatch(c -> isDigit((char) c))
                : GROUPED.get(grouping).matcher(text).matches() || grouping == ',' && INDIAN.matcher(text).matches();
    }

    private static Pattern grouped(String sign) {
        return Pattern.compile("[1-9][0-9]{0,2}(?:" + sign + "[0-9]{3})*");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Set<String> currencies(Set<String> before, Set<String> after) {
        if (before == null || after == null || before.isEmpty() || after.isEmpty()) {
            return before == null || after == null ? null : before.isEmpty() ? after : before;
        }
        Set<String> both = new HashSet<>(before);
        both.retainAll(after);
        return both.isEmpty() ? null : both;
    }

    private static int count(String text, char wanted) {
        return (int) text.chars().filter(c -> c == wanted).count();
    }
}
