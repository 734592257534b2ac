package io.clickthread.csv;

import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The currencies that a sign beside an amount may mean. A sign of several currencies is read away, and never decides which
 * one is meant.
 */
final class CurrencySigns {

    private static final Map<String, Integer> DIGITS = Currency.getAvailableCurrencies().stream()
            .collect(Collectors.toMap(Currency::getCurrencyCode, Currency::getDefaultFractionDigits));
    private static final Map<String, Set<String>> SIGNS = new HashMap<>();

    static {
        one("$", "USD AUD CAD NZD SGD HKD TWD BRL MXN ARS CLP COP UYU DOP CUP NIO BBD BSD BZD BMD FJD GYD JMD KYD LRD NAD SBD "
                + "SRD TTD XCD BND CVE MOP");
        one("R$", "BRL");
        one("US$ U$S U$D U$", "USD");
        one("A$ AU$", "AUD");
        one("C$ CA$", "CAD NIO");
        one("NZ$", "NZD");
        one("S$", "SGD");
        one("HK$", "HKD");
        one("NT$", "TWD");
        one("MX$ MEX$", "MXN");
        one("AR$", "ARS");
        one("CL$ CLP$", "CLP");
        one("COL$ COP$", "COP");
        one("$U UY$", "UYU");
        one("RD$", "DOP");
        one("€", "EUR");
        one("£", "GBP EGP LBP SYP SDG SSP FKP GIP SHP");
        one("¥ ￥", "JPY CNY");
        one("₹", "INR");
        one("RS RS. ₨", "INR PKR LKR NPR MUR SCR");
        one("S/ S/.", "PEN");
        one("BS BS.", "BOB VES");
        one("₡", "CRC");
        one("₲ GS GS.", "PYG");
        one("Q", "GTQ");
        one("L", "HNL");
        one("KR KR.", "SEK NOK DKK ISK");
        one("ZŁ ZL", "PLN");
        one("KČ", "CZK");
        one("FT", "HUF");
        one("LEI", "RON MDL");
        one("FR FR. SFR SFR.", "CHF");
        one("₺ TL", "TRY");
        one("₽ РУБ РУБ.", "RUB");
        one("₴", "UAH");
        one("₸", "KZT");
        one("₪", "ILS");
        one("₦", "NGN");
        one("₵ GH₵", "GHS");
        one("KSH", "KES");
        one("TSH", "TZS");
        one("USH", "UGX");
        one("R", "ZAR");
        one("CFA FCFA", "XOF XAF");
        one("RM", "MYR");
        one("RP RP.", "IDR");
        one("₱", "PHP");
        one("฿", "THB");
        one("₫ Đ", "VND");
        one("₩", "KRW");
        one("৳", "BDT");
        one("د.إ", "AED");
        one("ر.س", "SAR");
    }

    private CurrencySigns() {
    }

    private static void one(String signs, String codes) {
        for (String sign : signs.split(" ")) {
            SIGNS.put(sign, Set.copyOf(List.of(codes.split(" "))));
        }
    }

    /**
     * Which currencies a text may mean.
     *
     * @param text a sign, a code of ISO 4217 in any case, or nothing
     * @return codes; null if the text is none of these
     */
    static Set<String> of(String text) {
        String sign = text.replace(" ", "").toUpperCase(Locale.ROOT);
        return sign.isEmpty() ? Set.of() : isCode(sign) ? Set.of(sign) : SIGNS.get(sign);
    }

    static boolean isCode(String text) {
        return DIGITS.containsKey(text);
    }

    /** How many decimals a currency has, -1 if it has no rule for them; null if there is no such currency. */
    static Integer digits(String code) {
        return DIGITS.get(code);
    }
}
