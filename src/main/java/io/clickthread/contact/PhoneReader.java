package io.clickthread.contact;

/**
 * Chooses between the readings of a number. A reading is taken if no other is possible; of two, it is refused, with these
 * exceptions, in which the writing itself decides:
 *
 * <ul>
 *   <li>A number in groups that do not begin with a country code is national: {@code (51) 95155-7852} in BR.
 *   <li>Of a number without a trunk prefix that can be a mobile one in one reading and only a landline in the other, the
 *       mobile is meant, because it is WhatsApp that it is looked up in: {@code 3227016961} in CO is no number of Brussels, and
 *       {@code 491712000033} in DE is no landline there.
 * </ul>
 *
 * <p>So {@code 11941000034} in BR is national, {@code 5511941000034} international, and {@code 6591875752} in IN is refused:
 * it is a mobile number there and in Singapore. So is {@code 15551234567} in DE, though no plan has a 1 555: WhatsApp does. Which
 * contacts an account has decides nothing, or a number would be read as another one's after that one has written.
 */
final class PhoneReader {

    private static final String WRITE = "Write it with + and its country code, for example +5511940000017.";

    private PhoneReader() {
    }

    /** A number that begins with {@code +} or {@code 00}. Behind 00 there may be a carrier's code, so a plan must have it. */
    static PhoneReading international(PhoneText written, String country) {
        String digits = written.digits();
        if (digits.charAt(0) == '0' || !NumberingPlans.beginsWithCallingCode(digits)) {
            String here = written.plus() ? null : here(digits, country); // Tajikistan has numbers that begin with 00
            return here != null ? PhoneReading.of(here) : PhoneReading.not("begins with no country's code. " + WRITE);
        }
        if (written.withZero() != null) {
            return zero(written);
        }
        String number = Phones.canonical(digits);
        if (written.plus() || NumberingPlans.knowsOrWhatsAppDoes(number)) {
            return PhoneReading.of(number);
        }
        String here = here(digits, country);
        return here != null ? PhoneReading.of(here)
                : PhoneReading.not("is no number of the country whose code stands behind its 00. " + WRITE);
    }

    /** What is behind 00, if it is a number of the country as it stands there; or null. */
    private static String here(String digits, String country) {
        String dialled = country == null ? null : NumberingPlans.dialledIn(country, "00" + digits);
        return dialled != null && NumberingPlans.knows(dialled) ? Phones.canonical(dialled) : null;
    }

    /** {@code (0)} is a trunk prefix to leave out; where it belongs to the number, as in Italy, the plan says which is meant. */
    static PhoneReading zero(PhoneText written) {
        String without = Phones.canonical(written.digits());
        String with = Phones.canonical(written.withZero());
        boolean both = NumberingPlans.knows(without) && NumberingPlans.knows(with) && !without.equals(with);
        return both ? PhoneReading.not("is one number with the (0) and another without. " + WRITE)
                : PhoneReading.of(NumberingPlans.knows(without) || !NumberingPlans.knows(with) ? without : with);
    }

    /** A number without {@code +} or {@code 00}, of somebody in a country. */
    static PhoneReading national(PhoneText written, String country) {
        String digits = written.digits();
        String dialled = NumberingPlans.dialledIn(country, digits);
        String national = dialled == null ? null : Phones.canonical(dialled);
        boolean isNational = national != null && NumberingPlans.knows(national);
        String international = digits.charAt(0) == '0' ? null : Phones.canonical(digits);
        boolean isInternational = international != null && NumberingPlans.knowsOrWhatsAppDoes(international);
        boolean grouped = !written.isPlain() && !Phones.namesItsCode(written);
        if (isNational && isInternational && !national.equals(international) && !grouped) {
            return chosen(digits, national, international, country);
        }
        // WhatsApp may have a number that no plan has; its digits are looked up as they stand, so nobody else is found.
        boolean asWhatsAppWrites = written.isPlain() && NumberingPlans.beginsWithCodeOf(country, digits);
        return isNational ? PhoneReading.of(national) : isInternational || asWhatsAppWrites ? PhoneReading.of(international)
                : PhoneReading.not("is not a complete phone number of " + country + ". Check it, or write it with + and its "
                        + "country code, for example +5511940000017.");
    }

    private static PhoneReading chosen(String digits, String national, String international, String country) {
        boolean mobileHere = NumberingPlans.canBeMobile(national);
        if (!NumberingPlans.hasTrunkPrefix(country, digits) && mobileHere != NumberingPlans.canBeMobile(international)) {
            return PhoneReading.of(mobileHere ? national : international);
        }
        String orZero = NumberingPlans.hasZero(country) ? ", or with the 0 before it if it is one of " + country + "." : ".";
        return PhoneReading.not("is a number of " + country + " and, with another country's code, somebody else's. "
                + WRITE.substring(0, WRITE.length() - 1) + orZero);
    }
}
