package io.clickthread.conversion;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A conversion that was accepted, as it is handed to the route {@code on-conversion}.
 *
 * @param id             its id, 24 hexadecimal digits
 * @param accountId      the account
 * @param conversationId the contact's conversation; null of a conversion that waits for a contact who is not known yet
 * @param eventName      Meta's name of the event
 * @param eventId        the caller's id of the event
 * @param eventTime      ISO 8601, UTC
 * @param value          exact, or null
 * @param currency       ISO 4217, or null
 * @param state          {@code sending}, {@code pending}, {@code parked} or {@code closed}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversionNotice(String id, String accountId, String conversationId, String eventName, String eventId,
                               String eventTime, BigDecimal value, String currency, String state) {

    static ConversionNotice of(Insertion insertion) {
        NewConversion conversion = insertion.conversion();
        return new ConversionNotice((String) insertion.answer().get("accepted_id"), conversion.accountId(),
                (String) insertion.answer().get("conversation_id"), conversion.eventName(), conversion.eventId(),
                Instant.ofEpochSecond(conversion.eventTime()).toString(), conversion.value(), conversion.currency(),
                (String) insertion.answer().get("state"));
    }

    @Override
    public String toString() {
        return "ConversionNotice[" + id + "]"; // the rest is a person's
    }
}
