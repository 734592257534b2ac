package io.clickthread.simulator;

import io.clickthread.simulator.ClickOrder.Person;
import java.util.HexFormat;
import java.util.Map;

/** What WhatsApp itself tells a linked device, and every provider built on one hands on more or less unchanged. */
final class Linked {

    /** The beginning of a JPEG. */
    static final String PREVIEW = "/9j/4AAQSkZJRg==";
    /** WhatsApp's opaque bytes about a click; they are no click id. */
    static final String CONVERSION = "QWZkc2ltdWxhdGVk";

    private Linked() {
    }

    /** The address of a person: of the phone number at {@code server}, or without one the linked id. */
    static String jid(Person person, String server) {
        return person.phone() == null ? lid(person) : person.phone() + "@" + server;
    }

    /** The address by linked id. */
    static String lid(Person person) {
        return person.lid() + "@lid";
    }

    /** A message id as phones make them. */
    static String messageId(byte[] random) {
        return "AC" + HexFormat.of().withUpperCase().formatHex(random, 0, 15);
    }

    /** {@code contextInfo} as the JavaScript libraries name its fields; null without an ad. */
    static Map<String, Object> context(ClickOrder order, Person person) {
        return !order.referral() ? null : Fields.of("conversionSource", "FB_Ads", "conversionData", CONVERSION,
                "entryPointConversionSource", "ctwa_ad", "entryPointConversionApp", "facebook", "ctwaSignals", "all,all",
                "externalAdReply", Fields.of("title", order.headline(), "body", ClickOrder.BODY, "mediaType", 1,
                        "thumbnailUrl", order.picture(), "mediaUrl", order.picture(), "sourceType", "ad",
                        "sourceId", order.adId(), "sourceUrl", order.sourceUrl(), "sourceApp", "facebook",
                        "showAdAttribution", true, "ctwaClid", person.clickId(),
                        "greetingMessageBody", ClickOrder.GREETING));
    }

    /** {@code contextInfo} as the libraries in Go name its fields; null without an ad. */
    static Map<String, Object> goContext(ClickOrder order, Person person) {
        return !order.referral() ? null : Fields.of("conversionSource", "FB_Ads", "conversionData", CONVERSION,
                "entryPointConversionSource", "ctwa_ad", "entryPointConversionApp", "facebook",
                "externalAdReply", Fields.of("title", order.headline(), "body", ClickOrder.BODY, "mediaType", 1,
                        "thumbnailURL", order.picture(), "originalImageURL", order.picture(), "sourceType", "ad",
                        "sourceID", order.adId(), "sourceURL", order.sourceUrl(), "sourceApp", "facebook",
                        "showAdAttribution", true, "ctwaClid", person.clickId(),
                        "greetingMessageBody", ClickOrder.GREETING));
    }
}
