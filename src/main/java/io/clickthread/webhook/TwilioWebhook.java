package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import io.clickthread.contact.Alias;
import io.clickthread.http.ApiResponse;
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
    public ApiResponse received() {
        return new ApiResponse(200, Map.of("Content-Type", "text/xml"), "<Response/>");
    }

    @Override
    public void read(JsonNode form, ParsedWebhook reading) {
        String from = form.path("From").asText();
        if (!form.has("AccountSid")) {
            reading.unreadable("It is no webhook of Twilio's: it has no AccountSid.");
            return;
        }
        if (!from.startsWith(WHATSAPP)) {
            reading.passOver(PassedOver.OTHER_CHANNEL); // an SMS has no ad: fields about one quarantine it
            return;
        } else if (!form.has("Body") && !form.has("NumMedia") && referral(form) == null) {
            reading.passOver(PassedOver.STATUS);
            return;
        }
        String id = JsonValues.identity(form.path("MessageSid"));
        reading.message().readFrom(form).isFor(bare(JsonValues.identity(form.path("To")), reading.channel().key()))
                .id(id == null ? JsonValues.identity(form.path("SmsMessageSid")) : id)
                .who(TextNode.valueOf(from.replaceFirst(": ", ":+"))) // a plus that was not encoded is a blank
                .who(form.path("WaId"))
                .userId(form.path("ExternalUserId"))
                .parentUserId(form.path("ParentExternalUserId"))
                .name(JsonValues.line(form.path("ProfileName")))
                .referral(referral(form), words(form))
                .add();
    }

    @Override
    public Referral referral(JsonNode form) {
        String media = JsonValues.line(form.path("ReferralMediaContentType"));
        return MetaReferral.orNull(new Referral(JsonValues.identity(form.path("ReferralCtwaClid")),
                JsonValues.line(form.path("ReferralSourceId")), JsonValues.line(form.path("ReferralSourceType")),
                JsonValues.line(form.path("ReferralSourceUrl")), JsonValues.line(form.path("ReferralHeadline")),
                JsonValues.line(form.path("ReferralBody")), media == null ? null : media.replaceAll("/.*", "").toLowerCase(Locale.ROOT)));
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
