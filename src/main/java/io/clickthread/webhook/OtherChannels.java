package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/**
 * Messages of other channels than WhatsApp, which some providers send to the same address. What they say about an ad is
 * about another kind of ad. A channel that is not known here may be WhatsApp under a new name, so it is searched for one.
 */
final class OtherChannels {

    private static final Set<String> KNOWN = Set.of("sms", "mms", "rcs", "messenger", "facebook", "facebook_messenger", "instagram",
            "instagram_dm", "telegram", "viber", "viber_service", "viber_bm", "line", "email", "twitter", "x", "webchat", "live_chat",
            "livechat", "open_channel", "apple_mb", "kakao", "zalo", "wechat", "voice", "tiktok", "bluesky", "reddit", "google_business");

    private OtherChannels() {
    }

    /** Passes a message of another channel over. */
    static void passOver(String channel, JsonNode message, ParsedWebhook reading) {
        if (KNOWN.contains(channel.toLowerCase(Locale.ROOT))) {
            reading.passOver(PassedOver.OTHER_CHANNEL, message);
        } else {
            reading.passOver(PassedOver.OTHER_CHANNEL);
        }
    }
}
