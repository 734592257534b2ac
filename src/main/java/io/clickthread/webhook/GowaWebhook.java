package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads the webhooks of go-whatsapp-web-multidevice: {@code payload.referral}, see its {@code docs/webhook-payload.md}. A
 * sender may be written as {@code 14155550100@s.whatsapp.net in 14155550100@s.whatsapp.net}.
 */
@Component
class GowaWebhook implements Adapter {

    private static final Map<String, PassedOver> ABOUT_EARLIER = Map.of("message.ack", PassedOver.STATUS,
            "message.reaction", PassedOver.STATUS, "message.revoked", PassedOver.EARLIER_MESSAGE,
            "message.deleted", PassedOver.EARLIER_MESSAGE);

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.GOWA);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        JsonNode payload = body.path("payload");
        if (!body.has("event") || !payload.isObject() || body.has("session")) { // WAHA's have a session
            reading.unreadable("It is no webhook of GOWA's: it has no event or no payload.");
            return;
        }
        JsonNode referral = payload.path("referral");
        JsonNode chat = payload.path("chat_id");
        PassedOver about = ABOUT_EARLIER.get(body.path("event").asText());
        if (about != null) {
            reading.passOver(about, payload);
            return;
        } else if (payload.path("is_from_me").asBoolean() || payload.path("from_me").asBoolean()) {
            reading.passOver(PassedOver.OWN_MESSAGE, payload);
            return;
        } else if (Jids.isCrowd(chat) || payload.path("from").asText().contains("@g.us")) {
            reading.passOver(PassedOver.GROUP, payload);
            return;
        } else if (!body.path("event").asText().equals("message") && !referral.isObject()) {
            reading.passOver(PassedOver.OTHER_EVENT); // calls, groups, devices, …
            return;
        } else if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        String name = JsonValues.line(payload.path("from_name"));
        reading.message().readFrom(payload).isFor(JsonValues.identity(body.path("device_id")))
                .id(JsonValues.identity(payload.path("id")))
                .knownBy(sender(payload))
                .lid(payload.path("from_lid")).lid(payload.path("sender_lid"))
                .name(name == null ? JsonValues.line(payload.path("pushname")) : name)
                .at(payload.path("timestamp"))
                .referral(referral(referral), referral)
                .add();
    }

    @Override
    public Referral referral(JsonNode node) {
        String headline = JsonValues.line(node.path("ad_title"));
        String body = JsonValues.line(node.path("ad_body"));
        return MetaReferral.ofAd(new Referral(JsonValues.identity(node.path("ctwa_clid")), JsonValues.line(node.path("source_id")),
                JsonValues.line(node.path("source_type")), JsonValues.line(node.path("source_url")),
                headline == null ? JsonValues.line(node.path("headline")) : headline,
                body == null ? JsonValues.line(node.path("body")) : body,
                ExternalAd.mediaType(node.path("media_type"))));
    }

    /** Who sent it. The chat may be written as the business's own number, so it counts only where no sender is named. */
    private static JsonNode sender(JsonNode payload) {
        JsonNode from = TextNode.valueOf(payload.path("from").asText().split(" in ", 2)[0]);
        return !Jids.aliases(from).isEmpty() ? from
                : !Jids.aliases(payload.path("sender_id")).isEmpty() ? payload.path("sender_id") : payload.path("chat_id");
    }
}
