package io.clickthread.conversion;

import io.clickthread.contact.Alias;
import io.clickthread.http.Problem;
import java.math.BigDecimal;
import java.util.List;

/**
 * A request to report a conversion. Personal data is hashed already.
 *
 * @param accountId      the account
 * @param eventName      one of the names that Meta takes
 * @param eventId        the caller's own id, 1 to 512 characters
 * @param conversationId the conversation, or null
 * @param phone          the contact's phone, digits with country code in the form of today, or null
 * @param aliases        everything that names the contact, the conversation and the phone among it; at least one
 * @param eventTime      Unix seconds
 * @param givenTime      the time that the request names, Unix seconds; null if it names none
 * @param value          exact, or null
 * @param currency       ISO 4217 in capitals, or null
 * @param contentIds     or null
 * @param customData     further fields of Meta's {@code custom_data}, a JSON object; or null
 * @param emailHash      or null
 * @param externalIdHash or null
 * @param testCode       Meta's {@code test_event_code}, or null
 * @param ignored        the names of the request's other fields, as {@link io.clickthread.http.IgnoredFields} tells them
 * @param fault          every fault of its fields, of which then some are null; null if it fits the schema
 */
public record ConversionRequest(String accountId, String eventName, String eventId, String conversationId, String phone,
                         List<Alias> aliases, long eventTime, Long givenTime, BigDecimal value, String currency,
                         List<String> contentIds, String customData, String emailHash, String externalIdHash, String testCode,
                         List<String> ignored, Problem fault) {

    @Override
    public String toString() {
        return "ConversionRequest"; // it holds what is personal
    }
}
