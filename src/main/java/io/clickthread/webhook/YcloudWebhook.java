package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import io.clickthread.contact.Alias;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads YCloud's webhook {@code whatsapp.inbound_message.received}: one message, with Meta's names for the referral. */
@Component
class YcloudWebhook implements Adapter {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.YCLOUD);
    }

    @Override
    public void read(JsonNode body, Reading reading) {
        JsonNode message = body.path("whatsappInboundMessage");
        String type = body.path("type").asText();
        if (!type.matches("[a-z_]+(\\.[a-z_]+)+") && !message.isObject() || type.equals("whatsapp.inbound_message.received") && !message.isObject()) {
            reading.unreadable("It is no webhook of YCloud's: it has no type or no whatsappInboundMessage.");
            return;
        }
        if (!message.isObject()) {
            reading.passOver(type.equals("whatsapp.message.updated") ? PassedOver.STATUS : PassedOver.OTHER_EVENT);
            return;
        }
        JsonNode referral = message.path("referral");
        if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        String wamid = Texts.identity(message.path("wamid"));
        String number = Texts.identity(message.path("to"));
        boolean plus = reading.channel().key().startsWith("+");
        reading.message().readFrom(message).isFor(number == null || plus ? number : number.replaceFirst("^\\+", ""))
                .id(wamid != null ? wamid : Texts.identity(message.path("id")))
                .who(message.path("from"))
                .userId(message.path("fromUserId"))
                .known(Alias.PARENT_USER_ID, Texts.identity(message.path("fromParentUserId")))
                .name(Texts.line(message.path("customerProfile").path("name")))
                .at(message.path("sendTime"))
                .referral(MetaReferral.of(referral), referral)
                .add();
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return MetaReferral.of(evidence);
    }
}
