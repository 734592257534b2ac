package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.Referral;
import io.clickthread.channel.Provider;
import io.clickthread.contact.Alias;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads Chatwoot's webhook {@code message_created}: the referral is in the message's {@code content_attributes}, with Meta's
 * names whatever provider is behind the inbox. (Labels as conversions are a source, see {@code routes/sources}.)
 */
@Component
class ChatwootWebhook implements Adapter {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.CHATWOOT);
    }

    @Override
    public void read(JsonNode body, Reading reading) {
        String event = body.path("event").asText();
        if (!event.matches("[a-z]+_[a-z_]+") || event.equals("message_created") && !body.has("message_type")) {
            reading.unreadable("It is no webhook of Chatwoot's: it has no event or no message_type.");
            return;
        }
        String type = body.path("message_type").asText();
        boolean incoming = type.equals("incoming") || type.equals("0");
        if (!event.equals("message_created") && !event.equals("message_updated") || !incoming || body.path("private").asBoolean()) {
            return; // answers, notes, other events
        }
        JsonNode referral = body.path("content_attributes").path("referral");
        if (!MetaReferral.isReadable(referral, "ctwa_clid")) {
            reading.unreadable("One of its messages could not be read.");
            return;
        }
        JsonNode sender = body.path("sender").isObject() ? body.path("sender")
                : body.path("conversation").path("meta").path("sender");
        String wamid = Texts.identity(body.path("source_id"));
        String own = Texts.identity(body.path("id"));
        String contact = Texts.identity(sender.path("id"));
        String account = body.path("account").path("id").asText("");
        reading.message().isFor(Texts.identity(body.path("inbox").path("id")))
                .id(wamid != null ? wamid : own == null ? null : "chatwoot " + own)
                .phone(Texts.phone(sender.path("phone_number")))
                .known(Alias.PROVIDER_ID, contact == null ? null : "chatwoot " + account + "/" + contact)
                .name(Texts.line(sender.path("name")))
                .at(body.path("created_at"))
                .referral(MetaReferral.of(referral), referral)
                .add();
    }

    @Override
    public Referral referral(JsonNode evidence) {
        return MetaReferral.of(evidence);
    }
}
