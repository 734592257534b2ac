package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads Whapi.Cloud's webhooks: {@code messages[]}, the ad in {@code context.ad} (its API description 1.8.5,
 * {@code WebhookPayload}). {@code context.conversion.data} is the same for all that a click leads to, and no click id.
 */
@Component
class WhapiWebhook implements Adapter {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.WHAPI);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        if (!body.has("channel_id") && !body.path("event").isObject()) {
            reading.unreadable("It is no webhook of Whapi's: it names no channel_id and no event.");
            return;
        }
        List.of("chats", "chats_updates", "messages_updates").stream().map(body::path).filter(JsonNode::isArray)
                .forEach(list -> reading.passOver(PassedOver.EARLIER_MESSAGE, list)); // with whole messages in them
        if (!body.path("messages").isArray()) {
            reading.passOver(body.has("statuses") ? PassedOver.STATUS : PassedOver.OTHER_EVENT); // chats, contacts, …
            return;
        }
        for (JsonNode message : body.path("messages")) {
            if (message.path("from_me").asBoolean()) {
                reading.passOver(PassedOver.OWN_MESSAGE, message);
            } else if (Jids.isCrowd(message.path("chat_id"))) {
                reading.passOver(PassedOver.GROUP, message);
            } else {
                read(message, JsonValues.identity(body.path("channel_id")), reading);
            }
        }
    }

    @Override
    public Referral referral(JsonNode ad) {
        JsonNode source = ad.path("source");
        return MetaReferral.ofAd(new Referral(JsonValues.identity(ad.path("ctwa")), JsonValues.line(source.path("id")),
                JsonValues.line(source.path("type")), JsonValues.line(source.path("url")), JsonValues.line(ad.path("title")),
                JsonValues.line(ad.path("body")), JsonValues.line(ad.path("media_type"))));
    }

    private void read(JsonNode message, String channel, ParsedWebhook reading) {
        JsonNode ad = message.path("context").path("ad");
        if (!MetaReferral.isReadable(ad, "ctwa")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        reading.message().readFrom(message).isFor(channel)
                .id(JsonValues.identity(message.path("id")))
                .who(message.path("chat_id"))
                .who(message.path("from"))
                .name(JsonValues.line(message.path("from_name")))
                .at(message.path("timestamp"))
                .referral(referral(ad), ad)
                .add();
    }
}
