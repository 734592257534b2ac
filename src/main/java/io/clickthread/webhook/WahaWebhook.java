package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Map;
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

    private static final Map<String, PassedOver> ABOUT_EARLIER = Map.of("message.ack", PassedOver.STATUS,
            "message.ack.group", PassedOver.STATUS, "message.reaction", PassedOver.STATUS,
            "message.revoked", PassedOver.EARLIER_MESSAGE, "message.edited", PassedOver.EARLIER_MESSAGE,
            "engine.event", PassedOver.OTHER_EVENT); // the engine's own events, a copy of each message among them
    private static final Pattern CROWD_ID = Pattern.compile("(?:true|false)_[^_]*@(?:broadcast|g\\.us|newsletter)_.*");
    private static final Pattern ID = Pattern.compile("(?:true|false)_[^_]+@[^_]+_([^_]+)");

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.WAHA);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        JsonNode payload = body.path("payload");
        String event = body.path("event").asText();
        if (event.isEmpty() || !body.has("session")) {
            reading.unreadable("It is no webhook of WAHA's: it names no event or no session.");
            return;
        }
        PassedOver about = ABOUT_EARLIER.get(event);
        if (about != null) {
            reading.passOver(about, payload);
            return;
        }
        JsonNode data = payload.path("_data");
        ObjectNode words = ExternalAd.words(data, reading);
        if (payload.path("fromMe").asBoolean()) {
            reading.passOver(PassedOver.OWN_MESSAGE, payload);
            return;
        } else if (Jids.isCrowd(payload.path("from")) || CROWD_ID.matcher(payload.path("id").asText()).matches()) {
            reading.passOver(PassedOver.GROUP, payload);
            return;
        } else if (!event.equals("message") && !event.equals("message.any") && ExternalAd.referral(words) == null) {
            reading.passOver(PassedOver.OTHER_EVENT); // the session's state, calls, …
            return;
        } else if (!ExternalAd.isReadable(words)) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        String name = JsonValues.line(data.path("pushName"));
        String notify = JsonValues.line(data.path("notifyName"));
        reading.message().readFrom(payload).isFor(JsonValues.identity(body.path("session")))
                .id(id(JsonValues.identity(payload.path("id"))))
                .knownBy(payload.path("from"))
                .knownBy(data.path("key").path("remoteJid")).knownBy(data.path("key").path("remoteJidAlt"))
                .knownBy(data.path("key").path("senderPn"))
                .knownBy(data.path("Info").path("SenderAlt")).knownBy(data.path("Info").path("Sender"))
                .name(name != null ? name : notify != null ? notify : JsonValues.line(data.path("Info").path("PushName")))
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
