package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import io.clickthread.contact.Alias;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads Chatwoot's webhook {@code message_created}: the referral is in the message's {@code content_attributes}, with Meta's
 * names whatever provider is behind the inbox. Events of a conversation have its last message in {@code messages}, which is
 * read if it has a referral. (Labels as conversions are a source, see {@code routes/sources}.)
 */
@Component
class ChatwootWebhook implements Adapter {

    private static final Set<String> WITH_MESSAGE = Set.of("message_created", "message_updated");
    private static final Set<String> WHATSAPP = Set.of("Channel::Whatsapp", "Channel::TwilioSms", "Channel::Api", "");
    /** Answers, templates, and what Chatwoot itself remarks (activities), by name or by number. */
    private static final Set<String> OWN = Set.of("outgoing", "1", "activity", "2", "template", "3");
    /** Where agents and automations keep what they know of somebody, perhaps a click id of long ago. */
    private static final List<String> ATTRIBUTES = List.of("custom_attributes", "additional_attributes");

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.CHATWOOT);
    }

    @Override
    public void read(JsonNode body, ParsedWebhook reading) {
        String event = body.path("event").asText();
        if (!event.matches("([a-z_]+\\.)?[a-z]+_[a-z_]+") || event.equals("message_created") && !body.has("message_type")) {
            reading.unreadable("It is no webhook of Chatwoot's: it has no event or no message_type.");
            return;
        }
        JsonNode conversation = WITH_MESSAGE.contains(event) ? body.path("conversation") : body;
        attributes(body, conversation, reading);
        JsonNode source = conversation.path("contact_inbox").path("source_id");
        boolean sms = conversation.path("channel").asText().equals("Channel::TwilioSms") && source.asText().startsWith("+");
        if (sms || !WHATSAPP.contains(conversation.path("channel").asText())) {
            reading.passOver(PassedOver.OTHER_CHANNEL);
            return;
        } else if (WITH_MESSAGE.contains(event)) {
            message(body, body, conversation, reading);
        } else {
            reading.passOver(PassedOver.OTHER_EVENT);
        }
        for (JsonNode message : conversation.path("messages")) {
            if (message.path("content_attributes").path("referral").isObject()) {
                message(message, body, conversation, reading);
            }
        }
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return MetaReferral.of(evidence);
    }

    private static void message(JsonNode message, JsonNode body, JsonNode conversation, ParsedWebhook reading) {
        String type = message.path("message_type").asText();
        JsonNode referral = message.path("content_attributes").path("referral");
        if (message.path("private").asBoolean()) {
            reading.passOver(PassedOver.NOTE, message);
            return;
        } else if (Jids.isCrowd(message.path("sender").path("identifier"))) {
            reading.passOver(PassedOver.GROUP, message);
            return;
        } else if (OWN.contains(type)) {
            reading.passOver(PassedOver.OWN_MESSAGE, message);
            return;
        } else if (!type.equals("incoming") && !type.equals("0")) {
            reading.passOver(PassedOver.OTHER_EVENT);
            return;
        } else if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        JsonNode sender = message.path("sender").isObject() ? message.path("sender") : conversation.path("meta").path("sender");
        String wamid = JsonValues.identity(message.path("source_id"));
        String own = JsonValues.identity(message.path("id"));
        String contact = JsonValues.identity(sender.path("id"));
        String account = body.path("account").path("id").asText(message.path("account_id").asText(""));
        JsonNode inbox = body.path("inbox").has("id") ? body.path("inbox").path("id") : message.path("inbox_id");
        MessageDraft draft = reading.message().readFrom(message).isFor(JsonValues.identity(inbox))
                .id(wamid != null ? wamid.replaceFirst("^WAID:", "") : own == null ? null : "chatwoot " + own)
                .who(sender.path("phone_number"));
        inbox(conversation, draft);
        draft.knownBy(sender.path("identifier"))
                .known(Alias.PROVIDER_ID, contact == null ? null : "chatwoot " + account + "/" + contact)
                .name(JsonValues.line(sender.path("name")))
                .at(message.path("created_at"))
                .referral(MetaReferral.of(referral), referral)
                .add();
    }

    /** How the channel knows the contact: WhatsApp's id at Meta's inboxes, any digits at others'. */
    private static void inbox(JsonNode conversation, MessageDraft draft) {
        JsonNode source = conversation.path("contact_inbox").path("source_id");
        if (conversation.path("channel").asText().equals("Channel::Whatsapp")) {
            draft.who(source);
        } else {
            draft.knownBy(source);
        }
    }

    private static void attributes(JsonNode body, JsonNode conversation, ParsedWebhook reading) {
        if (reading.mayTellOfAnAd()) {
            for (JsonNode part : List.of(conversation, body.path("sender"), body.path("contact"), body,
                    conversation.path("meta").path("sender"), conversation.path("contact_inbox").path("contact"))) {
                ATTRIBUTES.stream().map(part::path).filter(JsonNode::isContainerNode).filter(found -> !found.isEmpty())
                        .forEach(found -> reading.passOver(PassedOver.ATTRIBUTES, found));
            }
        }
    }
}
