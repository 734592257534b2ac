package io.clickthread.simulator;

import java.util.List;

/**
 * What a simulated click shall be like.
 *
 * @param phoneNumberId the business's number that people write to
 * @param name          the people's profile name
 * @param referral      whether they come from an ad
 * @param adId          the ad
 * @param headline      the ad's headline
 * @param people        who writes, each with a message of their own
 * @param times         how often the webhook is delivered
 */
record ClickOrder(String phoneNumberId, String name, boolean referral, String adId, String headline, List<Person> people,
                  int times) {

    /**
     * Somebody who writes.
     *
     * @param phone     digits; null for one who is known by a username only
     * @param userId    the business-scoped user id
     * @param clickId   null for an ad, or no ad, that gives none
     * @param messageId WhatsApp's id of the message
     */
    record Person(String phone, String userId, String clickId, String messageId) {
    }
}
