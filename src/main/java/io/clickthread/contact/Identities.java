package io.clickthread.contact;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what a text that names a person is, by its shape alone, because providers put different identities into one field:
 * WhatsApp users without a visible phone number appear under a business-scoped user id ({@code US.13491208655302741918})
 * or a linked id ({@code 10000000000001@lid}) where the phone number used to be. A text of any other shape is nothing:
 * an identity that is made of parts of an id belongs to somebody else.
 */
public final class Identities {

    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9.]{1,128}");
    private static final Pattern PARENT_USER_ID = Pattern.compile("[A-Z]{2}\\.ENT\\.[A-Za-z0-9.]{1,124}");
    private static final Pattern PHONE = Pattern.compile("\\+?([0-9]{5,15})");
    /** The digits, then agent and device ({@code :12}, {@code _1:3}), then what kind of address it is. */
    private static final Pattern JID =
            Pattern.compile("\\+?([0-9]{5,20})(?:[._:][0-9]{1,5})*@(s\\.whatsapp\\.net|c\\.us|hosted|lid|hosted\\.lid)");
    private static final Pattern CROWD = Pattern.compile(".*@(g\\.us|broadcast|newsletter)");
    private static final String SCHEME = "whatsapp:";

    private Identities() {
    }

    /**
     * What a person is known by, if the text names one.
     *
     * @param text a phone number ({@code 14155550100}, {@code +1 415 555 0100}), a business-scoped user id, an address of
     *             WhatsApp's ({@code 14155550100:12@s.whatsapp.net}, {@code 10000000000001@lid}), each with or without
     *             {@code whatsapp:} before it; may be null
     * @return a phone with its form of today, a user id or a linked id; nothing for groups, broadcasts, newsletters, names
     *         and all else
     */
    public static List<Alias> of(String text) {
        if (text == null) {
            return List.of();
        }
        String bare = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        Matcher jid = JID.matcher(bare);
        if (jid.matches()) {
            return jid.group(2).endsWith("lid") ? List.of(new Alias(Alias.LID, jid.group(1))) : phone(jid.group(1));
        }
        if (USER_ID.matcher(bare).matches()) {
            return List.of(new Alias(PARENT_USER_ID.matcher(bare).matches() ? Alias.PARENT_USER_ID : Alias.USER_ID, bare));
        }
        // Punctuation is for people, and they begin with a plus: 2026-11-27 is a date.
        return phone(bare.startsWith("+") ? Phones.digits(bare) : bare);
    }

    /**
     * Whether an address is one of many people, whose messages are no chats with the business.
     *
     * @param text an address of WhatsApp's, or anything else; may be null
     * @return true for a group, a broadcast or a newsletter
     */
    public static boolean isCrowd(String text) {
        return text != null && CROWD.matcher(text).matches();
    }

    private static List<Alias> phone(String text) {
        Matcher phone = PHONE.matcher(text == null ? "" : text);
        return phone.matches() ? Phones.aliases(phone.group(1)) : List.of();
    }
}
