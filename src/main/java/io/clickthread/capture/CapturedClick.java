package io.clickthread.capture;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A click that was not known before, as it is handed to steps added to the route {@code capture-clicks}.
 *
 * @param accountId      the account
 * @param conversationId the conversation
 * @param participantId  the phone's digits, or the user id
 * @param messageId      the message that brought it
 * @param clickedAt      Unix seconds
 * @param referral       the ad
 * @param tag            what a step of a route says of it, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CapturedClick(String accountId, String conversationId, String participantId, String messageId,
                            long clickedAt, Referral referral, String tag) {

    @Override
    public String toString() {
        return "CapturedClick[" + accountId + ", " + conversationId + "]"; // the rest is a person's
    }
}
