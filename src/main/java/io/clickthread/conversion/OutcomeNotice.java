package io.clickthread.conversion;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What came of a conversion that was sent to Meta, as it is handed to the route {@code on-outcome}.
 *
 * @param id             its id, 24 hexadecimal digits
 * @param accountId      the account
 * @param conversationId the contact's conversation
 * @param datasetId      the dataset that it was sent to
 * @param eventName      Meta's name of the event
 * @param eventId        the caller's id of the event
 * @param eventTime      ISO 8601, UTC
 * @param value          exact, or null
 * @param currency       ISO 4217, or null
 * @param status         {@code delivered}, {@code rejected} or {@code unknown}
 * @param reason         why it stands so, in a sentence
 * @param traceId        Meta's {@code fbtrace_id} of the call, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OutcomeNotice(String id, String accountId, String conversationId, String datasetId, String eventName, String eventId,
                            String eventTime, BigDecimal value, String currency, String status, String reason, String traceId) {

    static OutcomeNotice of(AttemptResult settlement) {
        Conversion of = settlement.conversion();
        return new OutcomeNotice(of.id(), of.accountId(), of.conversationId(), of.datasetId(), of.eventName(), of.eventId(),
                Instant.ofEpochSecond(of.eventTime()).toString(), of.value(), of.currency(), settlement.state(),
                settlement.reason(), settlement.answer() == null ? null : settlement.answer().traceId());
    }

    @Override
    public String toString() {
        return "OutcomeNotice[" + id + " " + status + "]"; // the rest is a person's
    }
}
