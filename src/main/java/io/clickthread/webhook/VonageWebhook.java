package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads Vonage's inbound messages: one a webhook, the ad in {@code whatsapp.referral} with Meta's names. */
@Component
class VonageWebhook implements Adapter {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.VONAGE);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        if (!body.has("message_uuid")) {
            reading.unreadable("It is no webhook of Vonage's: it has no message_uuid.");
            return;
        }
        if (!body.path("channel").asText("whatsapp").equals("whatsapp")) {
            OtherChannels.passOver(body.path("channel").asText(), body, reading);
            return;
        } else if (body.has("status") && !body.has("message_type")) {
            reading.passOver(PassedOver.STATUS, body);
            return;
        }
        JsonNode referral = body.path("whatsapp").path("referral");
        if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        JsonNode sender = body.path("whatsapp").path("sender");
        String name = JsonValues.line(body.path("profile").path("name"));
        reading.message().readFrom(body).isFor(JsonValues.identity(body.path("to")))
                .id(JsonValues.identity(body.path("message_uuid")))
                .who(body.path("from"))
                .userId(sender.path("user_id"))
                .parentUserId(sender.path("parent_user_id"))
                .userId(body.path("profile").path("user_id"))
                .name(name != null ? name : JsonValues.line(body.path("whatsapp").path("profile").path("name")))
                .at(body.path("timestamp"))
                .referral(MetaReferral.of(referral), referral)
                .add();
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return MetaReferral.of(evidence);
    }
}
