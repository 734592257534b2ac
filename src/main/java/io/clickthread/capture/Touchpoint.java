package io.clickthread.capture;

import io.clickthread.channel.Channel;
import io.clickthread.contact.Alias;
import io.clickthread.system.Ids;
import java.util.List;

/**
 * A message of a contact, with or without an ad click: what the steps of {@code split-messages} see, and a row of
 * {@code insert-touchpoints.sql}. It holds no text of the message. The ad's fields are Meta's referral.
 *
 * @param accountId       the connected account that it was sent to
 * @param channelId       the channel that it came by
 * @param channelKey      the channel's key: Cloud API's phone number id, a Twilio number, …
 * @param provider        who sent the webhook, for example {@code meta}
 * @param isNew           whether there is something to store: an ad, a contact who is not known yet or has moved, a hint
 * @param candidateId     the id that the contact's conversation gets, if the contact is not known yet; null if nothing is new
 * @param aliases         what the contact is known by, at least one
 * @param participantId   how the contact is shown: the phone's digits, else another id
 * @param participantName the contact's profile name, or null
 * @param moved           whether the message says that the contact's number changed to {@code participantId}
 * @param messageId       WhatsApp's id of the message, or the provider's; null for a mere sign of a contact
 * @param sentAt          Unix seconds
 * @param hint            a sign of an ad without a referral, in Meta's word or {@link InboundMessage#SUSPECTED_AD}; or null
 * @param fromAd          whether the message has a referral; the fields below are null without one
 * @param clickId         {@code ctwa_clid}, opaque and case-sensitive; null for ads in WhatsApp Status
 * @param sourceId        the ad's id, or null
 * @param sourceType      {@code ad} or {@code post}, or null
 * @param sourceUrl       a short link to the ad, or null
 * @param headline        the ad's headline, or null
 * @param body            the ad's text, or null
 * @param mediaType       {@code image} or {@code video}, or null
 * @param evidence        the provider's own words for the referral, JSON without personal data; or null
 * @param tag             what a step of yours says of the click, such as a campaign; null unless one does
 */
public record Touchpoint(String accountId, String channelId, String channelKey, String provider, boolean isNew, String candidateId,
                         List<Alias> aliases, String participantId, String participantName, boolean moved, String messageId,
                         long sentAt, String hint, boolean fromAd, String clickId, String sourceId, String sourceType,
                         String sourceUrl, String headline, String body, String mediaType, String evidence, String tag) {

    private static final Referral NONE = new Referral(null, null, null, null, null, null, null);

    /**
     * A message that came by a channel.
     *
     * @param channel  of a connected account
     * @param provider who sent the webhook
     * @param message  as it was read
     * @param isNew    whether there is something to store
     * @return the same, ready to be stored
     */
    public static Touchpoint of(Channel channel, String provider, InboundMessage message, boolean isNew) {
        return of(channel.accountId(), channel.id(), provider, message, isNew);
    }

    static Touchpoint of(String accountId, String channelId, String provider, InboundMessage message, boolean isNew) {
        Referral ad = message.referral() == null ? NONE : message.referral();
        return new Touchpoint(accountId, channelId, message.channel(), provider, isNew, isNew ? Ids.next() : null, message.aliases(),
                message.participant(), message.name(), message.moved(), message.messageId(), message.sentAt(), message.hint(),
                message.referral() != null, ad.clickId(), ad.sourceId(), ad.sourceType(), ad.sourceUrl(), ad.headline(), ad.body(),
                ad.mediaType(), message.evidence(), null);
    }

    /** The same with a tag. */
    Touchpoint withTag(String text) {
        return new Touchpoint(accountId, channelId, channelKey, provider, isNew, candidateId, aliases, participantId, participantName,
                moved, messageId, sentAt, hint, fromAd, clickId, sourceId, sourceType, sourceUrl, headline, body, mediaType, evidence, text);
    }

    /** Whether its hint is a suspicion, which says something only of a contact who is new. */
    boolean isSuspicion() {
        return InboundMessage.SUSPECTED_AD.equals(hint);
    }

    CapturedClick click(String conversationId) {
        return new CapturedClick(accountId, conversationId, participantId, messageId, sentAt,
                new Referral(clickId, sourceId, sourceType, sourceUrl, headline, body, mediaType), tag);
    }

    @Override
    public String toString() {
        return "Touchpoint[" + accountId + ", " + channelId + "]"; // the rest is a person's
    }
}
