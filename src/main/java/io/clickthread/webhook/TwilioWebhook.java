package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import io.clickthread.contact.Alias;
import io.clickthread.http.Answer;
import java.util.Locale;
import java.util.Map;
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

    /** TwiML that answers nothing to the sender; Twilio reports JSON as an error of the webhook (12300). */
    @Override
    public Answer received() {
        return new Answer(200, Map.of("Content-Type", "text/xml"), "<Response/>");
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
        String sender = from.substring(WHATSAPP.length());
        boolean number = sender.matches("[+ ]?\\d+"); // who hides it is written by the digits-and-letters of a user id
        reading.message().isFor(bare(Texts.identity(form.path("To")), reading.channel().key()))
                .id(id == null ? Texts.identity(form.path("SmsMessageSid")) : id)
                .phone(number ? sender : null)
                .known(Alias.USER_ID, number || sender.isEmpty() ? null : Texts.identity(TextNode.valueOf(sender)))
                .phone(Texts.phone(form.path("WaId")))
                .name(Texts.line(form.path("ProfileName")))
                .referral(referral(form), words(form))
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

    /** The fields about the ad; the rest of the form is about a person, and what that person wrote. */
    private static JsonNode words(JsonNode form) {
        ObjectNode words = form.deepCopy();
        words.properties().removeIf(field -> !field.getKey().startsWith("Referral"));
        return words;
    }

    /** The number as the channel's key has it: with {@code whatsapp:} in front or without. */
    private static String bare(String to, String key) {
        return to == null || key.startsWith(WHATSAPP) || !to.startsWith(WHATSAPP) ? to : to.substring(WHATSAPP.length());
    }
}
