package io.clickthread.simulator;

import io.clickthread.channel.Channel;
import io.clickthread.local.DemoAccount;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The business as its providers name it, where a channel's key may be another text than the provider would have. */
final class Numbers {

    private static final Pattern PHONE = Pattern.compile("(?:whatsapp:)?\\+?(\\d{7,15})");

    private Numbers() {
    }

    /** The business's phone number, digits: the channel's key if it is one, else the demo account's. */
    static String of(Channel channel) {
        var phone = PHONE.matcher(channel.key());
        return phone.matches() ? phone.group(1) : DemoAccount.DISPLAY_PHONE_NUMBER.replaceAll("\\D", "");
    }

    /** The number of an inbox: the channel's key if it is one, else a number of its own for each key. */
    static long inbox(Channel channel) {
        if (channel.key().matches("\\d{1,18}")) {
            return Long.parseLong(channel.key());
        }
        CRC32 hash = new CRC32();
        hash.update(channel.key().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return hash.getValue();
    }
}
