package io.clickthread.source;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Amounts as payment providers write them, in the smallest unit of their currency: 4900 for 49.00 USD, 4900 for 4900 JPY. */
@Component("minorUnits")
public class MinorUnits {

    /** Where the providers differ from ISO 4217: Stripe, Adyen and others keep to these. */
    private static final Map<String, Integer> OTHERS = Map.of("ISK", 2, "UGX", 2, "MGA", 0);
    private static final int LONGEST = 18; // digits

    /**
     * An amount in whole units.
     *
     * @param amount   in the smallest unit, a number or its text
     * @param currency ISO 4217, in any case
     * @return the amount; as it was given if it is no whole number or there is no such currency, for the API's own check to name
     */
    public Object amount(Object amount, Object currency) {
        String digits = String.valueOf(amount);
        if (!digits.matches("-?\\d{1," + LONGEST + "}")) {
            return amount;
        }
        try {
            String code = String.valueOf(currency).strip().toUpperCase(Locale.ROOT);
            int places = OTHERS.getOrDefault(code, Currency.getInstance(code).getDefaultFractionDigits());
            return new BigDecimal(digits).movePointLeft(Math.max(places, 0));
        } catch (IllegalArgumentException e) {
            return amount;
        }
    }
}
