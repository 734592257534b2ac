package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.contact.Alias;
import io.clickthread.contact.Phones;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WhatsApp's inner addresses, which providers of linked devices hand out: {@code 14155550100@s.whatsapp.net} (also
 * {@code @c.us}, and with {@code :12} for a device) is a phone, {@code 10000000000001@lid} somebody who hides the number.
 * Groups, broadcasts and newsletters are no contacts.
 */
final class Jids {

    private static final Pattern PERSON =
            Pattern.compile("\\+?(\\d{5,20})(?:[._:]\\d{1,5})*(?:@(s\\.whatsapp\\.net|c\\.us|lid))?");

    private Jids() {
    }

    /** What the address makes a contact known by: nothing, if it is none of a person. */
    static List<Alias> aliases(JsonNode node) {
        Matcher jid = PERSON.matcher(node.isTextual() ? node.textValue() : "");
        if (!jid.matches()) {
            return List.of();
        }
        return "lid".equals(jid.group(2)) ? List.of(new Alias(Alias.LID, jid.group(1))) : Phones.aliases(jid.group(1));
    }

    /** Whether it is the address of a group, a broadcast or a newsletter, whose messages are no chats with the business. */
    static boolean isCrowd(JsonNode node) {
        String jid = node.asText();
        return jid.endsWith("@g.us") || jid.endsWith("@broadcast") || jid.endsWith("@newsletter");
    }
}
