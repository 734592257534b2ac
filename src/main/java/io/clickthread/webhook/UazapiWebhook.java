package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads uazapi's webhooks: {@code message} with WhatsApp's own format in {@code content}, named as in Go. */
@Component
class UazapiWebhook implements Adapter {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.UAZAPI);
    }

    @Override
    public void read(JsonNode body, Reading reading) {
        JsonNode message = body.path("message");
        if (!body.has("EventType") && !message.isObject()) {
            reading.unreadable("It is no webhook of uazapi's: it has no EventType and no message.");
            return;
        }
        if (!message.isObject() || message.path("fromMe").asBoolean() || message.path("isGroup").asBoolean()
                || Jids.isCrowd(message.path("chatid"))) {
            return;
        }
        ObjectNode words = ExternalAd.words(message);
        if (!ExternalAd.isReadable(words)) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        String id = Texts.identity(message.path("messageid"));
        reading.message().isFor(Texts.identity(body.path("instanceName")))
                .id(id == null ? Texts.identity(message.path("id")) : id)
                .jid(message.path("sender_pn")).jid(message.path("chatid")).jid(message.path("sender"))
                .jid(message.path("sender_lid"))
                .name(Texts.line(message.path("senderName")))
                .at(message.path("messageTimestamp"))
                .referral(ExternalAd.referral(words), words)
                .add();
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return ExternalAd.referral(evidence);
    }
}
