package io.clickthread.contact;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where one subscriber has two numbers: countries that have changed their numbers while WhatsApp keeps an account under the one
 * that it was registered with, and countries whose numbers are written in two ways. A rule names calling code, first digits and
 * length, so that it is about the old form alone. It is in the table only if the form of today can be told from the old one
 * and no other subscriber can have either; {@code NumberingPlansPropertiesTest} tries both against the plans.
 *
 * <p>Left out, because the old form is somebody else's number today or the rule is not certain: Brazil's radio numbers
 * (55 DD 7, not migrated), Côte d'Ivoire's landlines, Guinea, Liberia, Saint Pierre and Miquelon, the Philippines' landlines.
 */
final class NumberingChanges {

    private static final String DATA = "libphonenumber's metadata of 2012 against that of 2026";
    private static final String RECIPES = "google/libphonenumber, migrator/recipes.csv";
    private static final String IVORY = "ITU-T E.129 notice of Côte d'Ivoire; devlikeapro/waha#1894";
    private static final String VIETNAM = RECIPES + "; decision 798/QD-BTTTT";

    static final List<Change> ALL = List.of(
            change("MX", "2019-08-03", "521([2-9]\\d{9})", "52$1", RECIPES + "; chatwoot/chatwoot#14048"),
            change("MX", "2019-08-03", "52(?:01|044|045)([2-9]\\d{9})", "52$1", "libphonenumber, metadata/52/comments.csv"),
            change("BR", "2012-07-29 to 2016-11-06", "55([1-9][1-9])([689]\\d{7})", "55$19$2",
                    RECIPES + "; devlikeapro/waha#1261, #1974"),
            // Not a change: landlines and mobiles share one set of numbers, and the 9 says that one calls a mobile from abroad.
            same("AR", "54(11(?!15)\\d{8}|[23]\\d{9})", "549$1", "chatwoot/chatwoot#14264, devlikeapro/waha#2260"),
            change("BJ", "2024-11-30", "229([2-9]\\d{7})", "22901$1", "ITU-T E.129 notice of Benin; mobi/telephone_number#138"),
            change("CI", "2021-01-31", "225((?:0[1-3]|[457][0-3])\\d{6})", "22501$1", IVORY),
            change("CI", "2021-01-31", "225((?:0[4-6]|[4-9][4-6])\\d{6})", "22505$1", IVORY),
            change("CI", "2021-01-31", "225((?:0[7-9]|[4-9][7-9])\\d{6})", "22507$1", IVORY),
            // The library goes on knowing Gabon's old numbers, and knows both of Gambia's, which run in parallel.
            same("GA", "2410?([256]\\d{6})", "2416$1", RECIPES + " (November 2019)"),
            same("GA", "2410?([47]\\d{6})", "2417$1", RECIPES + " (November 2019)"),
            same("GA", "2410?1(\\d{6})", "24111$1", RECIPES + " (November 2019)"),
            same("GM", "220((?:2\\d|7\\d|4[01])\\d{5})", "22087$1", "validatorjs/validator.js#2870 (2026-09-04, PURA)"),
            same("GM", "220((?:3\\d|5[0-389])\\d{5})", "22083$1", "validatorjs/validator.js#2870 (2026-09-04, PURA)"),
            same("GM", "220(6\\d{6})", "22086$1", "validatorjs/validator.js#2870 (2026-09-04, PURA)"),
            change("VN", "2018-09-15", "8412([068]\\d{7})", "847$1", VIETNAM),
            change("VN", "2018-09-15", "84121(\\d{7})", "8479$1", VIETNAM),
            change("VN", "2018-09-15", "84122(\\d{7})", "8477$1", VIETNAM),
            change("VN", "2018-09-15", "8412([345]\\d{7})", "848$1", VIETNAM),
            change("VN", "2018-09-15", "84127(\\d{7})", "8481$1", VIETNAM),
            change("VN", "2018-09-15", "84129(\\d{7})", "8482$1", VIETNAM),
            change("VN", "2018-09-15", "8416([2-9]\\d{7})", "843$1", VIETNAM),
            change("VN", "2018-09-15", "8418([68]\\d{7})", "845$1", VIETNAM),
            change("VN", "2018-09-15", "84199(\\d{7})", "8459$1", VIETNAM),
            change("CM", "2014-11-21", "237([579]\\d{7})", "2376$1", "medic/cht-core#802, google/libphonenumber#1051"),
            change("CM", "2014-11-21", "237((?:22|33)\\d{6})", "2372$1", "medic/cht-core#802, google/libphonenumber#1051"),
            change("NG", "2024-01-01", "234([1-9]\\d{7})", "23420$1", "daddyz/phonelib#294"),
            change("CO", "2021-09-01", "57((?:[125678]\\d|4[0-57-9])\\d{6})", "5760$1", DATA),
            change("GW", "2014", "245(5\\d{6})", "24595$1", DATA + "; AfterShip/phone"),
            change("GW", "2014", "245(6\\d{6})", "24596$1", DATA + "; AfterShip/phone"),
            change("PF", "2014", "689([237]\\d{5})", "68987$1", DATA),
            change("MU", "2013", "230((?:25|7\\d|8[67]|9\\d)\\d{5})", "2305$1", DATA),
            change("EC", "2012", "593([89]\\d{7})", "5939$1", DATA),
            change("TL", "2012", "670(7[2-9]\\d{5})", "6707$1", DATA),
            change("QA", "2010", "974([3567])(\\d{6})", "974$1$1$2", DATA),
            // Trunk prefixes that are no more, and that the library therefore does not drop behind a country code.
            change("CL", "2016", "5609(\\d{8})", "569$1", DATA),
            change("UZ", "2017", "9988(\\d{9})", "998$1", DATA));

    private NumberingChanges() {
    }

    /** The form of today; the same digits, if they are no old form. */
    static String today(String digits) {
        for (Change change : ALL) {
            if (digits.startsWith(change.callingCode())) {
                Matcher old = change.old().matcher(digits);
                if (old.matches()) {
                    return old.replaceFirst(change.today());
                }
            }
        }
        return digits;
    }

    private static Change change(String country, String since, String old, String today, String source) {
        return new Change(country, since, Pattern.compile(old), today, source, false);
    }

    private static Change same(String country, String old, String today, String source) {
        return new Change(country, null, Pattern.compile(old), today, source, true);
    }

    /**
     * A rule.
     *
     * @param country ISO 3166-1 alpha-2
     * @param since   the day or year of the change, or null for two writings that are both in use
     * @param old     the old form's digits with calling code, all of them
     * @param today   what becomes of them
     * @param source  where the rule is from
     * @param both    whether plans list the old form as well: it is the same subscriber's
     */
    record Change(String country, String since, Pattern old, String today, String source, boolean both) {

        /** The calling code: the old form's first two digits, which a look at the text is cheaper for than a pattern. */
        String callingCode() {
            return old.pattern().substring(0, 2);
        }
    }
}
