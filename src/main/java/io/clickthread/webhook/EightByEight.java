package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads 8x8's own format of an inbound message (its "Messaging Apps" webhook, versions 2 and 3), which since November 2026
 * has the ad in {@code payload.referral}, Meta's names in camel case. (Where a subscription passes Meta's whole webhook on,
 * see {@link MetaEnvelope}.)
 */
final class EightByEight {

    private EightByEight() {
    }

    /** Whether it is 8x8's; if so, what it says is in the reading. */
    static boolean read(JsonNode body, ParsedWebhook reading) {
        JsonNode payload = body.path("payload");
        if (!body.path("namespace").isTextual() || !body.path("eventType").isTextual() || !payload.isObject()) {
            return false;
        }
        JsonNode recipient = payload.path("recipient");
        JsonNode within = payload.path("content").path("referral");
        JsonNode referral = within.isObject() ? within : payload.path("referral");
        if (!body.path("eventType").asText().equals("inbound_message_received")) {
            boolean status = body.path("eventType").asText().endsWith("status_changed");
            reading.passOver(status ? PassedOver.STATUS : PassedOver.OTHER_EVENT);
        } else if (!recipient.path("channel").asText("whatsapp").equalsIgnoreCase("whatsapp")) {
            OtherChannels.passOver(recipient.path("channel").asText(), payload, reading);
        } else if (!MetaReferral.isReadable(referral, "ctwaClid") || reading.channel() == null) {
            reading.unreadable("One of its messages could not be read.");
        } else {
            JsonNode user = payload.path("user");
            String id = JsonValues.identity(payload.path("umid"));
            reading.message().readFrom(payload)
                    .isFor(JsonValues.identity(recipient.path("channelId")))
                    .id(id == null ? null : "8x8 " + id)
                    .who(user.path("msisdn"))
                    .who(user.path("channelUserId")) // WhatsApp's id of the user: the phone's digits, or a user id
                    .name(JsonValues.line(user.path("name")))
                    .at(payload.path("timestamp"))
                    .referral(MetaReferral.of(referral), referral)
                    .add();
        }
        return true;
    }
}
