package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads the webhooks of go-whatsapp-web-multidevice: {@code payload.referral}, see its {@code docs/webhook-payload.md}. A
 * sender may be written as {@code 14155550100@s.whatsapp.net in 14155550100@s.whatsapp.net}.
 */
@Component
class GowaWebhook implements Adapter {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.GOWA);
    }

    @Override
    public void read(JsonNode body, Reading reading) {
        JsonNode payload = body.path("payload");
        if (!body.has("event") || !payload.isObject() || body.has("session")) { // WAHA's have a session
            reading.unreadable("It is no webhook of GOWA's: it has no event or no payload.");
            return;
        }
        JsonNode referral = payload.path("referral");
        JsonNode chat = payload.path("chat_id");
        boolean message = body.path("event").asText().equals("message");
        if (!message || payload.path("is_from_me").asBoolean() || payload.path("from_me").asBoolean() || Jids.isCrowd(chat)
                || payload.path("from").asText().contains("@g.us")) {
            return;
        }
        if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        String name = Texts.line(payload.path("from_name"));
        reading.message().isFor(Texts.identity(body.path("device_id")))
                .id(Texts.identity(payload.path("id")))
                .jid(sender(payload))
                .jid(payload.path("from_lid")).jid(payload.path("sender_lid"))
                .name(name == null ? Texts.line(payload.path("pushname")) : name)
                .at(payload.path("timestamp"))
                .referral(referral(referral), referral)
                .add();
    }

    @Override
    public Referral referral(JsonNode node) {
        String headline = Texts.line(node.path("ad_title"));
        String body = Texts.line(node.path("ad_body"));
        return MetaReferral.orNull(new Referral(Texts.identity(node.path("ctwa_clid")), Texts.line(node.path("source_id")),
                Texts.line(node.path("source_type")), Texts.line(node.path("source_url")),
                headline == null ? Texts.line(node.path("headline")) : headline,
                body == null ? Texts.line(node.path("body")) : body,
                ExternalAd.mediaType(node.path("media_type"))));
    }

    /** Who sent it. The chat may be written as the business's own number, so it counts only where no sender is named. */
    private static JsonNode sender(JsonNode payload) {
        JsonNode from = TextNode.valueOf(payload.path("from").asText().split(" in ", 2)[0]);
        return !Jids.aliases(from).isEmpty() ? from
                : !Jids.aliases(payload.path("sender_id")).isEmpty() ? payload.path("sender_id") : payload.path("chat_id");
    }
}
