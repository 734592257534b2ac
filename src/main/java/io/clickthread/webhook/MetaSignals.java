package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.AutomaticEvent;
import io.clickthread.contact.Alias;
import java.util.ArrayList;
import java.util.List;

/**
 * What Meta says about ads without a message: the status of an answer in a conversation that an ad opened, and events that
 * Meta has read out of a chat itself.
 */
final class MetaSignals {

    private static final String FROM_AD = "referral_conversion";

    private MetaSignals() {
    }

    /**
     * Adds a hint for each status whose conversation or price is a {@code referral_conversion}. The price's type
     * {@code free_entry_point} alone is none: a button on a Facebook page opens one as well.
     */
    static void hints(String number, JsonNode statuses, ParsedWebhook reading) {
        for (JsonNode status : statuses) {
            boolean fromAd = FROM_AD.equals(status.at("/conversation/origin/type").textValue())
                    || FROM_AD.equals(status.at("/pricing/category").textValue());
            boolean isGroup = "group".equals(status.path("recipient_type").textValue());
            if (!fromAd || isGroup || number == null) {
                reading.passOver(isGroup ? PassedOver.GROUP : PassedOver.STATUS);
                continue;
            }
            List<Alias> recipient = new ArrayList<>(MetaPeople.of(status.path("recipient_id")));
            recipient.addAll(MetaPeople.of(status.path("recipient_user_id")));
            if (!recipient.isEmpty()) {
                MetaWebhook.draft(number, reading).known(recipient)
                        .known(Alias.PARENT_USER_ID, JsonValues.identity(status.path("parent_recipient_user_id")))
                        .at(status.path("timestamp")).hint(FROM_AD).add();
            }
        }
    }

    /** Adds Meta's own events. */
    static void events(JsonNode value, ParsedWebhook reading) {
        String named = MetaWebhook.number(value);
        String key = reading.channel() == null ? named : reading.channel().key();
        for (JsonNode event : value.path("automatic_events")) {
            String id = JsonValues.identity(event.path("id"));
            String name = JsonValues.identity(event.path("event_name"));
            if (key == null || id == null || name == null) {
                reading.unreadable("One of Meta's own events could not be read.");
                continue;
            }
            JsonNode custom = event.path("custom_data");
            reading.event(new AutomaticEvent(key, List.of(), id, name, JsonValues.seconds(event.path("timestamp")),
                    JsonValues.identity(event.path("ctwa_clid")), JsonValues.thousandths(custom.path("value")),
                    JsonValues.identity(custom.path("currency"))));
        }
    }
}
