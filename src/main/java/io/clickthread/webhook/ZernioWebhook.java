package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.AutomaticEvent;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import io.clickthread.contact.Alias;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads Zernio's webhooks: {@code message.received} with Meta's referral in {@code metadata.referral} (for some numbers at
 * the root), and {@code whatsapp.automatic_event}. The message has WhatsApp's own id, so that one that Meta reports, too, is one.
 */
@Component
class ZernioWebhook implements Adapter {

    private static final Set<String> STATUSES = Set.of("message.sent", "message.delivered", "message.read", "message.failed");
    private static final String CONVERSATION = "zernio ";

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.ZERNIO);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        String event = body.path("event").asText();
        if (!event.matches("[a-z_]+(\\.[a-z_]+)+") || !body.path("id").isTextual() || !body.path("timestamp").isTextual()) {
            reading.unreadable("It is no webhook of Zernio's: it has no id, no timestamp or no event such as "
                    + "message.received.");
        } else if (event.equals("message.received") && !body.path("message").isObject()) {
            reading.unreadable("It is no webhook of Zernio's: it has no message.");
        } else if (event.equals("message.received")) {
            message(body, body.path("message"), reading);
        } else if (event.equals("whatsapp.automatic_event")) {
            automaticEvent(body, reading);
        } else if (STATUSES.contains(event)) {
            reading.passOver(PassedOver.STATUS, body);
        } else {
            reading.passOver(PassedOver.OTHER_EVENT);
        }
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return MetaReferral.of(evidence);
    }

    private static void message(JsonNode body, JsonNode message, ParsedWebhook reading) {
        String platform = message.path("platform").asText("whatsapp");
        if (!platform.equals("whatsapp")) {
            OtherChannels.passOver(platform, body, reading);
            return;
        } else if (message.path("direction").asText("incoming").equals("outgoing")) {
            reading.passOver(PassedOver.OWN_MESSAGE, body);
            return;
        }
        JsonNode within = body.path("metadata").path("referral");
        JsonNode referral = within.isObject() ? within : body.path("referral");
        if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        JsonNode sender = message.path("sender");
        String account = JsonValues.identity(body.path("account").path("id"));
        String wamid = JsonValues.identity(message.path("platformMessageId"));
        String own = JsonValues.identity(message.path("id"));
        String name = JsonValues.line(sender.path("name"));
        String conversation = JsonValues.identity(message.path("conversationId"));
        reading.message().readFrom(body).isFor(account)
                .id(wamid != null ? wamid : own == null ? null : "zernio " + own)
                .who(sender.path("phoneNumber"))
                .userId(sender.path("businessScopedUserId"))
                .parentUserId(sender.path("parentBusinessScopedUserId"))
                .who(sender.path("id")) // the phone's digits, or the business-scoped user id
                .known(Alias.PROVIDER_ID, conversation == null ? null : CONVERSATION + conversation)
                .name(name != null ? name : JsonValues.line(body.path("conversation").path("participantName")))
                .at(message.path("sentAt"))
                .hint(WithheldMessage.hint(body.path("metadata").path("unsupported"), referral))
                .referral(MetaReferral.of(referral), referral)
                .add();
    }

    private static void automaticEvent(JsonNode body, ParsedWebhook reading) {
        String message = JsonValues.identity(body.path("platformMessageId"));
        String name = JsonValues.identity(body.path("eventName"));
        if (message == null || name == null) {
            reading.unreadable("Its automatic event names no message or no event.");
            return;
        }
        List<Alias> aliases = new ArrayList<>();
        String conversation = JsonValues.identity(body.path("conversationId"));
        if (conversation != null) {
            aliases.add(new Alias(Alias.PROVIDER_ID, CONVERSATION + conversation));
        }
        JsonNode custom = body.path("customData");
        JsonNode time = body.hasNonNull("detectedAt") ? body.path("detectedAt") : body.path("timestamp");
        reading.event(new AutomaticEvent(reading.channel().key(), aliases, message, name, JsonValues.seconds(time),
                JsonValues.identity(body.path("ctwaClid")), JsonValues.thousandths(custom.path("value")), JsonValues.identity(custom.path("currency"))));
    }
}
