package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads the messages of the library Baileys as Evolution API and others hand them on ({@code key}, {@code message},
 * {@code contextInfo}), and those of the library whatsmeow as Evolution Go does ({@code Info}, {@code Message}). A contact
 * may be written by a lid ({@code remoteJid}) with the phone beside it ({@code remoteJidAlt}, {@code senderPn}). A first
 * message may come twice under one id, at first without its ad.
 */
@Component
class BaileysWebhook implements Adapter {

    private static final List<String> PEOPLE = List.of("remoteJid", "remoteJidAlt", "senderPn", "previousRemoteJid");
    private static final Set<String> MESSAGES = Set.of("", "messages.upsert", "messages.set", "message");

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.EVOLUTION, Provider.BAILEYS);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        JsonNode keyed = body.path("messages.upsert"); // as the library's own event buffer names them
        JsonNode data = keyed.isObject() ? keyed : body.path("data").isMissingNode() ? body : body.path("data");
        boolean list = data.isArray() || data.path("messages").isArray();
        String event = body.path("event").asText().toLowerCase(Locale.ROOT).replaceAll("[_-]", ".");
        boolean empty = body.path("data").isMissingNode() && !body.has("instance"); // others name their events, too
        if ((event.isEmpty() || empty) && !list && !data.path("key").isObject()) {
            reading.unreadable("It is no webhook of Baileys' messages: it has no data, no messages and no key.");
            return;
        }
        JsonNode named = body.path("instance").isValueNode() ? body.path("instance") : body.path("instanceName");
        if (!MESSAGES.contains(event) && !reading.mayTellOfAnAd()) {
            reading.passOver(event.equals("messages.update") ? PassedOver.STATUS : PassedOver.OTHER_EVENT);
        } else if (list) {
            (data.isArray() ? data : data.path("messages")).forEach(message -> read(message, named, event, reading));
        } else {
            read(data, named, event, reading);
        }
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return ExternalAd.referral(evidence);
    }

    /** An event of another name may be about a message, but only one that brings an ad is news. */
    private static void read(JsonNode message, JsonNode instance, String event, ParsedWebhook reading) {
        ObjectNode words = ExternalAd.words(message, reading);
        Referral referral = ExternalAd.referral(words);
        boolean update = event.equals("messages.update");
        boolean content = message.path("message").isObject() || message.path("contextInfo").isObject();
        if (message.path("key").path("fromMe").asBoolean() || message.path("Info").path("IsFromMe").asBoolean()) {
            reading.passOver(PassedOver.OWN_MESSAGE, message);
        } else if (Jids.isCrowd(message.path("key").path("remoteJid")) || Jids.isCrowd(message.path("Info").path("Chat"))
                || message.path("Info").path("IsGroup").asBoolean()) {
            reading.passOver(PassedOver.GROUP, message);
        } else if (!message.has("message") && (message.has("update") || message.has("receipt") || message.has("reaction"))) {
            reading.passOver(PassedOver.STATUS);
        } else if (update && !content || !update && !MESSAGES.contains(event) && referral == null) {
            reading.passOver(update ? PassedOver.STATUS : PassedOver.OTHER_EVENT);
        } else if (!ExternalAd.isReadable(words)) {
            reading.unreadable("One of its messages could not be read.");
        } else {
            MessageDraft draft = reading.message().readFrom(message).isFor(JsonValues.identity(instance)).referral(referral, words);
            (message.path("Info").isObject() ? ofGo(message.path("Info"), draft) : ofBaileys(message, draft)).add();
        }
    }

    private static MessageDraft ofBaileys(JsonNode message, MessageDraft draft) {
        JsonNode key = message.path("key");
        JsonNode time = message.path("messageTimestamp");
        PEOPLE.forEach(name -> draft.knownBy(key.path(name)).knownBy(message.path(name)));
        return draft.lid(key.path("senderLid")).lid(message.path("senderLid"))
                .id(JsonValues.identity(key.path("id")))
                .name(JsonValues.line(message.path("pushName")))
                .at(time.isObject() ? time.path("low") : time);
    }

    private static MessageDraft ofGo(JsonNode info, MessageDraft draft) {
        return draft.knownBy(info.path("SenderAlt")).knownBy(info.path("Sender")).knownBy(info.path("Chat"))
                .id(JsonValues.identity(info.path("ID")))
                .name(JsonValues.line(info.path("PushName")))
                .at(info.path("Timestamp"));
    }
}
