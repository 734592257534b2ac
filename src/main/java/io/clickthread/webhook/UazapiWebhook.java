package io.clickthread.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads uazapi's webhooks: a {@code message} with WhatsApp's own format in {@code content}, named as in Go; some servers
 * send the same message as {@code data}, in an envelope with {@code event} and {@code instance}.
 */
@Component
class UazapiWebhook implements Adapter {

    private final ObjectMapper mapper;

    UazapiWebhook(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.UAZAPI);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        JsonNode message = body.path("message");
        for (JsonNode place : List.of(body.path("data"), body)) {
            boolean isMessage = place.has("chatid") && (place.has("messageid") || place.has("sender"));
            message = message.isObject() || !isMessage ? message : place;
        }
        boolean event = body.has("EventType") || body.path("data").isObject() && body.path("event").isTextual() && body.has("owner");
        if (!event && !message.isObject() && !body.path("chat").isObject()) {
            reading.unreadable("It is no webhook of uazapi's: it has no EventType and no message.");
            return;
        }
        ObjectNode words = ExternalAd.words(opened(message, reading), reading);
        if (!message.isObject()) {
            reading.passOver(PassedOver.OTHER_EVENT);
        } else if (message.path("fromMe").asBoolean()) {
            reading.passOver(PassedOver.OWN_MESSAGE, message);
        } else if (message.path("isGroup").asBoolean() || Jids.isCrowd(message.path("chatid"))) {
            reading.passOver(PassedOver.GROUP, message);
        } else if (!ExternalAd.isReadable(words)) {
            reading.unreadable("One of its messages could not be read.");
        } else {
            String id = JsonValues.identity(message.path("messageid"));
            reading.message().readFrom(message).isFor(JsonValues.identity(body.path(body.has("instanceName") ? "instanceName" : "instance")))
                    .id(id == null ? bare(JsonValues.identity(message.path("id"))) : id)
                    .knownBy(message.path("sender_pn")).knownBy(message.path("chatid")).knownBy(message.path("sender"))
                    .who(message.path("sender_pn")).lid(message.path("sender_lid"))
                    .knownBy(body.path("chat").path("wa_chatid")).knownBy(body.path("chat").path("wa_chatlid"))
                    .name(JsonValues.line(message.path("senderName")))
                    .at(message.path("messageTimestamp"))
                    .referral(ExternalAd.referral(words), words)
                    .add();
        }
    }

    /** The content may be written as a text. */
    private JsonNode opened(JsonNode message, ParsedWebhook reading) {
        String content = message.path("content").textValue();
        if (content == null || !reading.mayTellOfAnAd() || !AdTraces.mayBeJson(content)) {
            return message;
        }
        try {
            return ((ObjectNode) message.deepCopy()).set("content", mapper.readTree(content));
        } catch (JsonProcessingException | NumberFormatException e) { // somebody's words in braces
            return message;
        }
    }

    /** WhatsApp's own id, without the business's number before it. */
    private static String bare(String id) {
        return id == null ? null : id.substring(id.indexOf(':') + 1);
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return ExternalAd.referral(evidence);
    }
}
