package io.clickthread.conversion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * The body of {@code POST /{dataset}/events} as Meta's Conversions API for Business Messaging wants it. In JSON, names have
 * underscores, and a field that was not given is left out.
 *
 * @param data          the events, at most 1,000
 * @param testEventCode shows them in Events Manager's test tool, all of them; or null
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetaPayload(List<Event> data, String testEventCode) {

    /**
     * An event.
     *
     * @param eventName            one of the names that Meta takes
     * @param eventTime            Unix seconds
     * @param eventId              the caller's id; Meta drops a second event with it
     * @param actionSource         {@code business_messaging}
     * @param messagingChannel     {@code whatsapp}
     * @param userData             whose click it is
     * @param customData           {@code value}, {@code currency}, {@code content_ids} and further fields; empty, which is left out, if
     *                             there are none. A route may add some
     * @param messagingOutcomeData for an event of Meta's own, else null
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Event(String eventName, long eventTime, String eventId, String actionSource, String messagingChannel,
                        UserData userData, @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> customData,
                        MessagingOutcome messagingOutcomeData) {

        @Override
        public String toString() {
            return "Event"; // it holds what is personal
        }
    }

    /**
     * The contact: ids of the channel in clear, personal data hashed.
     *
     * @param whatsappBusinessAccountId the WhatsApp Business Account
     * @param ctwaClid                  the click id
     * @param em                        the hash of an e-mail address, or null
     * @param externalId                the hash of the caller's id of the contact, or null
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record UserData(String whatsappBusinessAccountId, String ctwaClid, String em, String externalId) {

        @Override
        public String toString() {
            return "UserData"; // it is personal
        }
    }

    /**
     * Where an event was found that nobody reported.
     *
     * @param outcomeType {@code automatic_events}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record MessagingOutcome(String outcomeType) {

        @Override
        public String toString() {
            return "MessagingOutcome";
        }
    }

    @Override
    public String toString() {
        return "MetaPayload"; // it holds what is personal
    }
}
