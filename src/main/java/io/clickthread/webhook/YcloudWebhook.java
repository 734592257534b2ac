package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads YCloud's webhook {@code whatsapp.inbound_message.received}: one message, with Meta's names for the referral. A
 * system message in it says, as at Meta, that somebody's number or user id changed.
 */
@Component
class YcloudWebhook implements Adapter {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.YCLOUD);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        JsonNode message = body.path("whatsappInboundMessage");
        String type = body.path("type").asText();
        if (!message.isObject() && (!type.matches("[a-z_]+(\\.[a-z_]+)+") || type.equals("whatsapp.inbound_message.received"))) {
            reading.unreadable("It is no webhook of YCloud's: it has no type or no whatsappInboundMessage.");
            return;
        }
        if (!message.isObject()) {
            reading.passOver(type.equals("whatsapp.message.updated") ? PassedOver.STATUS : PassedOver.OTHER_EVENT);
            return;
        }
        JsonNode system = message.path("system");
        JsonNode referral = message.path("referral");
        if (type.contains(".group.") || message.hasNonNull("groupId")) {
            reading.passOver(PassedOver.GROUP, message);
            return;
        } else if (!type.isEmpty() && !type.equals("whatsapp.inbound_message.received") && !referral.isObject()) {
            reading.passOver(PassedOver.OTHER_EVENT);
            return;
        } else if (system.isObject() && !system.path("type").asText().startsWith("user_changed_")) {
            reading.passOver(PassedOver.SYSTEM_MESSAGE, message);
            return;
        }
        if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        String wamid = JsonValues.identity(message.path("wamid"));
        String number = JsonValues.identity(message.path("to"));
        boolean plus = reading.channel().key().startsWith("+");
        reading.message().readFrom(message).isFor(number == null || plus ? number : number.replaceFirst("^\\+", ""))
                .id(wamid != null ? wamid : JsonValues.identity(message.path("id")))
                .who(message.path("from"))
                .userId(message.path("fromUserId"))
                .parentUserId(message.path("fromParentUserId"))
                .who(system.path("wa_id")).userId(system.path("user_id")).userId(system.path("previous_user_id"))
                .parentUserId(system.path("parent_user_id")).parentUserId(system.path("previous_parent_user_id"))
                .name(JsonValues.line(message.path("customerProfile").path("name")))
                .at(message.path("sendTime"))
                .hint(WithheldMessage.hint(message.path("errors"), referral))
                .referral(MetaReferral.of(referral), referral)
                .add();
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return MetaReferral.of(evidence);
    }
}
