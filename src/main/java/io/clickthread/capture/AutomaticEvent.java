package io.clickthread.capture;

import io.clickthread.contact.Alias;
import java.math.BigDecimal;
import java.util.List;

/**
 * A lead or a sale that Meta itself has read out of a chat and suggests to report (Meta's webhook field
 * {@code automatic_events}).
 *
 * @param channel   the key of the channel that it came by
 * @param aliases   what the contact is known by, as far as the webhook says; may be empty
 * @param messageId WhatsApp's id of the message that Meta read
 * @param eventName {@code LeadSubmitted} or {@code Purchase}
 * @param time      Unix seconds
 * @param clickId   {@code ctwa_clid}, or null
 * @param value     the amount, not Meta's thousandths of it; null without one
 * @param currency  ISO 4217, or null
 */
public record AutomaticEvent(String channel, List<Alias> aliases, String messageId, String eventName, long time,
                             String clickId, BigDecimal value, String currency) {

    @Override
    public String toString() {
        return "AutomaticEvent[" + eventName + "]"; // the rest is a person's
    }
}
