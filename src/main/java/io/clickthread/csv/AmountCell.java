package io.clickthread.csv;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/**
 * The amount of a row and its currency. What the column does not decide is refused, never guessed: a thousandth of an amount
 * would be worse than none.
 */
final class AmountCell {

    private final Dialect dialect;
    private final RowFaults faults;

    AmountCell(Dialect dialect, RowFaults faults) {
        this.dialect = dialect;
        this.faults = faults;
    }

    /**
     * Reads both.
     *
     * @param json     takes {@code value} and {@code currency}; a text that is no amount is put as it is, for the API to refuse
     * @param value    of the row, or empty
     * @param currency of the row, or empty
     */
    void put(ObjectNode json, String value, String currency) {
        String code = code(currency);
        if (!currency.isEmpty()) {
            json.put("currency", code);
        }
        if (value.isEmpty()) {
            return;
        }
        Amount amount = Amount.read(value);
        if (amount.fault() != null) {
            faults.add("value", amount.fault() + ".");
        } else if (amount.value() == null && amount.ambiguous() == 0) {
            json.put("value", value);
        } else {
            putAmount(json, amount, code);
        }
    }

    private void putAmount(ObjectNode json, Amount amount, String given) {
        Set<String> signs = amount.currencies();
        String code = given.isEmpty() && signs.size() == 1 ? signs.iterator().next() : given;
        if (code.isEmpty() && !signs.isEmpty()) {
            faults.add("value", "has the sign of several currencies. Write the code of the one that is meant, for example USD, in a "
                    + "column 'currency'.");
        } else if (!signs.isEmpty() && CurrencySigns.isCode(code) && !signs.contains(code)) {
            faults.add("value", "has the sign of another currency than the row's " + code + ". Correct one of them.");
        } else {
            BigDecimal value = amount.value() != null ? amount.value() : decide(amount, code);
            if (value == null) {
                faults.add("value", "may be " + amount.whole() + " or " + amount.decimal() + ", and " + why(amount.ambiguous())
                        + ". Write " + amount.whole() + ".00 or " + shortest(amount.decimal()) + ".");
            } else {
                json.put("value", value);
                json.put("currency", code);
            }
        }
        if (code.isEmpty()) {
            json.remove("currency");
        }
    }

    /**
     * Thousands, if the other sign begins the decimals of this column, or if the currency has none. Decimals, if this sign
     * begins them and three of them are usual here; most currencies have two, and a column that is typed by hand may be mixed.
     */
    private BigDecimal decide(Amount amount, String code) {
        Integer digits = CurrencySigns.digits(code);
        if (dialect.decimalSign() == null) {
            return digits != null && digits == 0 ? amount.whole() : null;
        }
        if (dialect.decimalSign().equals(Dialect.MIXED)) {
            return null;
        }
        if (dialect.decimalSign().charAt(0) != amount.ambiguous()) {
            return amount.whole();
        }
        return dialect.thirds() || digits != null && digits == 3 ? amount.decimal() : null;
    }

    private String why(char sign) {
        return dialect.decimalSign() == null ? "no other amount of the column shows which"
                : dialect.decimalSign().equals(Dialect.MIXED) ? "other amounts of the column have both decimal signs"
                : "other amounts of the column have '" + sign + "' before two decimals";
    }

    /** With two decimals, so that it is never ambiguous again. */
    private static String shortest(BigDecimal decimal) {
        BigDecimal shortest = decimal.stripTrailingZeros();
        return (shortest.scale() > 2 ? decimal.toPlainString() + "0" : shortest.setScale(2).toPlainString());
    }

    private static String code(String currency) {
        String upper = currency.toUpperCase(Locale.ROOT);
        Set<String> meant = CurrencySigns.of(currency);
        return meant != null && meant.size() == 1 ? meant.iterator().next() : upper;
    }
}
