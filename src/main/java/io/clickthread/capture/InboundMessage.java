package io.clickthread.capture;

import io.clickthread.contact.Alias;
import java.util.List;

/**
 * One message that somebody sent to the business, whatever provider brought it. It holds no text of the message. One
 * without an id stands for no message: it is a sign of a contact, such as the status of an answer to one.
 *
 * @param channel     the key of the channel that it came by: Cloud API's phone number id, a Twilio number, …
 * @param named       the channel that the provider says it is for; null if it says nothing else
 * @param aliases     what the sender is known by, at least one
 * @param participant how the sender is shown: the phone's digits, else another id
 * @param name        the sender's profile name, or null
 * @param moved       whether the message says that the sender's number changed to {@code participant}
 * @param messageId   WhatsApp's id of the message, or the provider's; null for a mere sign of a contact
 * @param sentAt      Unix seconds
 * @param referral    the ad it comes from, or null for an organic message
 * @param evidence    the provider's own words for the referral, JSON without personal data; null without a referral
 * @param hint        a sign of an ad without a referral, in Meta's word or {@link #SUSPECTED_AD}; or null
 */
public record InboundMessage(String channel, String named, List<Alias> aliases, String participant, String name,
                             boolean moved, String messageId, long sentAt, Referral referral, String evidence,
                             String hint) {

    /** The hint that WhatsApp withheld a first message, as it does where an ad was tapped: Meta's error 131060. */
    public static final String SUSPECTED_AD = "suspected_ad";

    /** Whether its hint is a suspicion, which says something only of a contact who is new. */
    public boolean isSuspicion() {
        return SUSPECTED_AD.equals(hint);
    }

    @Override
    public String toString() {
        return "InboundMessage[" + channel + "]"; // the rest is a person's; WhatsApp's message ids hold the phone, too
    }
}
