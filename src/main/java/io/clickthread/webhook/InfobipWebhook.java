package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads Infobip's inbound messages: {@code results[]}, the ad in {@code message.referral} with {@code ctwaClickId}. Those of
 * its newer Messages API ({@code sender}, {@code destination}) name no ad, so they bring contacts alone.
 */
@Component
class InfobipWebhook implements Adapter {

    private static final String WHATSAPP = "WHATSAPP";

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.INFOBIP);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        if (!body.path("results").isArray()) {
            reading.unreadable("It is no webhook of Infobip's: it has no list of results.");
            return;
        }
        for (JsonNode result : body.path("results")) {
            String channel = result.path("integrationType").asText(result.path("channel").asText(WHATSAPP));
            if (!channel.equals(WHATSAPP)) {
                OtherChannels.passOver(channel, result, reading);
            } else if ((result.has("status") || result.has("seenAt")) && !result.has("message")) {
                reading.passOver(PassedOver.STATUS);
            } else if (!result.path("event").asText("MO").equals("MO")) {
                reading.passOver(PassedOver.OTHER_EVENT); // typing, …
            } else {
                message(result, reading);
            }
        }
    }

    @Override
    public Referral referral(JsonNode node) {
        return MetaReferral.orNull(new Referral(JsonValues.identity(node.path("ctwaClickId")), JsonValues.line(node.path("sourceId")),
                lower(node.path("sourceType")), JsonValues.line(node.path("sourceUrl")), JsonValues.line(node.path("headline")),
                JsonValues.line(node.path("body")), lower(node.path("referralMedia").path("type"))));
    }

    private void message(JsonNode result, ParsedWebhook reading) {
        JsonNode referral = result.path("message").path("referral");
        if (!MetaReferral.isReadable(referral, "ctwaClickId")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        boolean newer = result.has("sender") && !result.has("from");
        reading.message().readFrom(result).isFor(JsonValues.identity(result.path(newer ? "destination" : "to")))
                .id(JsonValues.identity(result.path("messageId")))
                .who(result.path(newer ? "sender" : "from"))
                .name(JsonValues.line(result.path("contact").path("name")))
                .at(result.path("receivedAt"))
                .referral(referral(referral), referral)
                .add();
    }

    /** As Meta writes it; Infobip writes {@code AD}, {@code IMAGE}. */
    private static String lower(JsonNode node) {
        String text = JsonValues.line(node);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
