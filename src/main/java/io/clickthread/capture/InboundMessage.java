package io.clickthread.capture;

import java.util.List;

/**
 * One message that somebody sent to the business, whatever provider brought it. It holds no text of the message.
 *
 * @param channel     which of the business's numbers it was sent to: Cloud API's phone number id
 * @param aliases     what the sender is known by, at least one
 * @param participant how the sender is shown: the phone's digits, else the user id
 * @param name        the sender's profile name, or null
 * @param moved       whether the message says that the sender's number changed to {@code participant}
 * @param messageId   the provider's id of the message
 * @param sentAt      Unix seconds
 * @param referral    the ad it comes from, or null for an organic message
 */
public record InboundMessage(String channel, List<Alias> aliases, String participant, String name, boolean moved,
                             String messageId, long sentAt, Referral referral) {
}
