package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads uazapi's webhooks: a {@code message} with WhatsApp's own format in {@code content}, named as in Go; some servers
 * send the same message as {@code data}, in an envelope with {@code event} and {@code instance}.
 */
@Component
class UazapiWebhook implements Adapter {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.UAZAPI);
    }

    @Override
    public void read(JsonNode body, Reading reading) {
        JsonNode data = body.path("data");
        boolean flat = !body.path("message").isObject() && (data.has("messageid") || data.has("chatid"));
        JsonNode message = flat ? data : body.path("message");
        if (!body.has("EventType") && !message.isObject()) {
            reading.unreadable("It is no webhook of uazapi's: it has no EventType and no message.");
            return;
        }
        ObjectNode words = ExternalAd.words(message, reading);
        if (!message.isObject()) {
            reading.passOver(PassedOver.OTHER_EVENT);
        } else if (message.path("fromMe").asBoolean()) {
            reading.passOver(PassedOver.OWN_MESSAGE, message);
        } else if (message.path("isGroup").asBoolean() || Jids.isCrowd(message.path("chatid"))) {
            reading.passOver(PassedOver.GROUP, message);
        } else if (!ExternalAd.isReadable(words)) {
            reading.unreadable("One of its messages could not be read.");
        } else {
            String id = Texts.identity(message.path("messageid"));
            reading.message().readFrom(message).isFor(Texts.identity(body.path(flat ? "instance" : "instanceName")))
                    .id(id == null ? Texts.identity(message.path("id")) : id)
                    .knownBy(message.path("sender_pn")).knownBy(message.path("chatid")).knownBy(message.path("sender"))
                    .lid(message.path("sender_lid"))
                    .name(Texts.line(message.path("senderName")))
                    .at(message.path("messageTimestamp"))
                    .referral(ExternalAd.referral(words), words)
                    .add();
        }
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return ExternalAd.referral(evidence);
    }
}
