package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads Twilio's webhooks: one message a form, the ad in the fields {@code Referral…}
 * (twilio.com/docs/messaging/guides/webhook-request). They carry no time, so the time of receipt is taken.
 */
@Component
class TwilioWebhook implements Adapter {

    private static final String WHATSAPP = "whatsapp:";

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.TWILIO);
    }

    @Override
    public boolean takesForms() {
        return true;
    }

    @Override
    public void read(JsonNode form, Reading reading) {
        String from = form.path("From").asText();
        if (!form.has("AccountSid")) {
            reading.unreadable("It is no webhook of Twilio's: it has no AccountSid.");
            return;
        }
        if (!form.has("Body") && !form.has("NumMedia") && referral(form) == null || !from.startsWith(WHATSAPP)) {
            return; // the status of a message, or an SMS
        }
        String id = Texts.identity(form.path("MessageSid"));
        ObjectNode ad = ad(form);
        reading.message().isFor(bare(Texts.identity(form.path("To")), reading.channel().key()))
                .id(id == null ? Texts.identity(form.path("SmsMessageSid")) : id)
                .phone(from.substring(WHATSAPP.length()))
                .phone(Texts.phone(form.path("WaId")))
                .name(Texts.line(form.path("ProfileName")))
                .referral(referral(ad), ad)
                .add();
    }

    @Override
    public Referral referral(JsonNode form) {
        String media = Texts.line(form.path("ReferralMediaContentType"));
        return MetaReferral.orNull(new Referral(Texts.identity(form.path("ReferralCtwaClid")),
                Texts.line(form.path("ReferralSourceId")), Texts.line(form.path("ReferralSourceType")),
                Texts.line(form.path("ReferralSourceUrl")), Texts.line(form.path("ReferralHeadline")),
                Texts.line(form.path("ReferralBody")), media == null ? null : media.replaceAll("/.*", "").toLowerCase(Locale.ROOT)));
    }

    /** The fields about the ad. Beside them in the form are the person's number, name and words, which are not kept. */
    private static ObjectNode ad(JsonNode form) {
        ObjectNode ad = JsonNodeFactory.instance.objectNode();
        form.properties().stream().filter(field -> field.getKey().startsWith("Referral"))
                .forEach(field -> ad.set(field.getKey(), field.getValue()));
        return ad;
    }

    /** The number as the channel's key has it: with {@code whatsapp:} in front or without. */
    private static String bare(String to, String key) {
        return to == null || key.startsWith(WHATSAPP) || !to.startsWith(WHATSAPP) ? to : to.substring(WHATSAPP.length());
    }
}
