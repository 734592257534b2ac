package io.clickthread.conversion;

import io.clickthread.contact.Alias;
import java.math.BigDecimal;
import java.util.List;

/**
 * A conversion that is about to be stored: a row of {@code accept-conversions.sql}. Personal data is hashed already.
 *
 * @param id             24 hexadecimal digits
 * @param accountId      the account
 * @param conversationId the conversation that the request names, or null
 * @param phone          the contact's phone, digits with country code in the form of today, or null
 * @param aliases        everything that names the contact, the conversation and the phone among it; at least one
 * @param lastClick      whether it is due to the contact's last click rather than the first
 * @param datasetId      Meta's dataset that it goes to
 * @param wabaId         the WhatsApp Business Account, or null
 * @param eventName      Meta's name of the event
 * @param eventId        the caller's id of the event, 1 to 512 characters
 * @param eventTime      Unix seconds
 * @param givenTime      the time that the request names and by which its repetitions are told, Unix seconds; or null
 * @param value          exact, or null
 * @param currency       ISO 4217 in capitals, or null
 * @param contentIds     a JSON list of texts, or null
 * @param customData     further fields of Meta's {@code custom_data}, a JSON object; or null
 * @param emailHash      or null
 * @param externalIdHash or null
 * @param testCode       Meta's {@code test_event_code}, or null
 * @param leaseMillis    how long its request has it, to send it at once; null if it is left to the background
 * @param parkMillis     how long it may wait for a click; null if it is refused without one
 * @param clickId        the click that Meta's own event names; null if the conversation's click is looked up
 * @param outcomeType    {@code automatic_events} for an event of Meta's own, else null
 * @param ignored        the names of the request's other fields, as {@link io.clickthread.http.IgnoredFields} tells them
 */
public record NewConversion(String id, String accountId, String conversationId, String phone, List<Alias> aliases,
                            boolean lastClick, String datasetId, String wabaId, String eventName, String eventId, long eventTime,
                            Long givenTime, BigDecimal value, String currency, String contentIds, String customData,
                            String emailHash, String externalIdHash, String testCode, Long leaseMillis, Long parkMillis,
                            String clickId, String outcomeType, List<String> ignored) {

    /**
     * The same under another id.
     *
     * @param other 24 hexadecimal digits
     * @return a conversion
     */
    public NewConversion withId(String other) {
        return new NewConversion(other, accountId, conversationId, phone, aliases, lastClick, datasetId, wabaId, eventName, eventId,
                eventTime, givenTime, value, currency, contentIds, customData, emailHash, externalIdHash, testCode, leaseMillis,
                parkMillis, clickId, outcomeType, ignored);
    }

    /** The same of a conversation that was found. */
    NewConversion withConversationId(String found) {
        return new NewConversion(id, accountId, found, phone, aliases, lastClick, datasetId, wabaId, eventName, eventId,
                eventTime, givenTime, value, currency, contentIds, customData, emailHash, externalIdHash, testCode, leaseMillis,
                parkMillis, clickId, outcomeType, ignored);
    }

    /** The same as Meta has found it itself. */
    NewConversion ofMeta(String click) {
        return new NewConversion(id, accountId, conversationId, phone, aliases, lastClick, datasetId, wabaId, eventName, eventId,
                eventTime, givenTime, value, currency, contentIds, customData, emailHash, externalIdHash, testCode, leaseMillis,
                parkMillis, click, "automatic_events", ignored);
    }

    @Override
    public String toString() {
        return "NewConversion[" + id + "]"; // the rest is a person's
    }
}
