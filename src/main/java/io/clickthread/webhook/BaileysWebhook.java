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
 * Reads the messages of the library Baileys as Evolution API and others hand them on: {@code key}, {@code message},
 * {@code contextInfo}. A contact may be written by a lid ({@code remoteJid}) with the phone beside it
 * ({@code remoteJidAlt}, {@code senderPn}). A first message may come twice under one id, at first without its ad.
 */
@Component
class BaileysWebhook implements Adapter {

    private static final List<String> ALIASES = List.of("remoteJid", "remoteJidAlt", "senderPn", "senderLid", "previousRemoteJid");

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.EVOLUTION, Provider.BAILEYS);
    }

    @Override
    public void read(JsonNode body, Reading reading) {
        JsonNode data = body.path("data").isMissingNode() ? body : body.path("data");
        boolean list = data.isArray() || data.path("messages").isArray();
        String event = body.path("event").asText().toLowerCase(Locale.ROOT).replaceAll("[_-]", ".");
        boolean empty = body.path("data").isMissingNode() && !body.has("instance"); // others name their events, too
        if ((event.isEmpty() || empty) && !list && !data.path("key").isObject()) {
            reading.unreadable("It is no webhook of Baileys' messages: it has no data, no messages and no key.");
            return;
        }
        if (!event.isEmpty() && !event.equals("messages.upsert") && !event.equals("messages.set") && !event.equals("messages.update")) {
            return; // connections, contacts, chats, …
        }
        String instance = body.path("instance").isObject() ? null : Texts.identity(body.path("instance"));
        if (list) {
            (data.isArray() ? data : data.path("messages")).forEach(message -> read(message, instance, event, reading));
        } else {
            read(data, instance, event, reading);
        }
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return ExternalAd.referral(evidence);
    }

    private static void read(JsonNode message, String instance, String event, Reading reading) {
        JsonNode key = message.path("key");
        if (key.path("fromMe").asBoolean() || Jids.isCrowd(key.path("remoteJid"))
                || event.equals("messages.update") && !message.path("message").isObject() && !message.path("contextInfo").isObject()) {
            return; // one's own, a group's, or the status of a message
        }
        ObjectNode words = ExternalAd.words(message);
        if (!ExternalAd.isReadable(words)) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        Reading.Message draft = reading.message().isFor(instance)
                .id(Texts.identity(key.path("id")))
                .name(Texts.line(message.path("pushName")))
                .at(message.path("messageTimestamp").isObject() ? message.path("messageTimestamp").path("low")
                        : message.path("messageTimestamp"))
                .referral(ExternalAd.referral(words), words);
        ALIASES.forEach(name -> draft.jid(key.path(name)).jid(message.path(name)));
        draft.add();
    }
}
