package io.clickthread.automatic;

import io.clickthread.contact.Alias;
import io.clickthread.contact.Phones;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * WhatsApp's message ids. Behind {@code wamid.} they hold, in base64, two bytes, a length and the digits of the contact's
 * phone. Meta documents none of it, so it is only a guess, for events that name nobody, and wrong for nobody else: it has
 * to be a contact of the account.
 */
final class Wamid {

    private static final String PREFIX = "wamid.";
    private static final int HEAD = 3;

    private Wamid() {
    }

    /** What the contact of a message may be known by; nothing, if the id does not say. */
    static List<Alias> aliases(String messageId) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(messageId.startsWith(PREFIX) ? messageId.substring(PREFIX.length()) : "");
        } catch (IllegalArgumentException e) {
            return List.of();
        }
        if (bytes.length < HEAD || bytes[0] != 0x1c || bytes[1] != 0x18 || bytes[2] <= 0 || bytes.length < HEAD + bytes[2]) {
            return List.of();
        }
        String phone = Phones.ofWhatsApp(new String(bytes, HEAD, bytes[2], StandardCharsets.ISO_8859_1));
        return phone == null ? List.of() : Phones.aliases(phone);
    }
}
