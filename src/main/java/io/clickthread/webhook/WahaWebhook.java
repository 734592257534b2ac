package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads WAHA's webhooks: {@code payload}, with the engine's own data in {@code _data}, whose shape depends on the engine, so
 * the ad is looked for in all of it ({@link ExternalAd}).
 */
@Component
class WahaWebhook implements Adapter {

    private static final Pattern ID = Pattern.compile("(?:true|false)_[^_]+@[^_]+_([^_]+)");

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.WAHA);
    }

    @Override
    public void read(JsonNode body, Reading reading) {
        JsonNode payload = body.path("payload");
        String event = body.path("event").asText();
        if (event.isEmpty() || !body.has("session")) {
            reading.unreadable("It is no webhook of WAHA's: it names no event or no session.");
            return;
        }
        if (!event.equals("message") && !event.equals("message.any")) {
            return; // acknowledgements, reactions, the session's state, …
        }
        if (payload.path("fromMe").asBoolean() || Jids.isCrowd(payload.path("from"))) {
            return;
        }
        JsonNode data = payload.path("_data");
        ObjectNode words = ExternalAd.words(data);
        if (!ExternalAd.isReadable(words)) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        String name = Texts.line(data.path("pushName"));
        String notify = Texts.line(data.path("notifyName"));
        reading.message().isFor(Texts.identity(body.path("session")))
                .id(id(Texts.identity(payload.path("id"))))
                .jid(payload.path("from"))
                .jid(data.path("key").path("remoteJid")).jid(data.path("key").path("remoteJidAlt"))
                .jid(data.path("key").path("senderPn"))
                .jid(data.path("Info").path("SenderAlt")).jid(data.path("Info").path("Sender"))
                .name(name != null ? name : notify != null ? notify : Texts.line(data.path("Info").path("PushName")))
                .at(payload.path("timestamp"))
                .referral(ExternalAd.referral(words), words)
                .add();
    }

    /** WhatsApp's own id, which stands last in {@code false_14155550100@c.us_3EB0…}; other providers send it bare. */
    private static String id(String id) {
        Matcher parts = ID.matcher(id == null ? "" : id);
        return parts.matches() ? parts.group(1) : id;
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return ExternalAd.referral(evidence);
    }
}
