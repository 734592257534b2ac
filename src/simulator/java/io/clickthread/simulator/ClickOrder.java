package io.clickthread.simulator;

import io.clickthread.channel.Provider;
import java.util.List;
import java.util.function.Function;

/**
 * What a simulated click shall be like.
 *
 * @param provider      whose webhook it is
 * @param key           the channel; null for the provider's usual one
 * @param phoneNumberId the business's number at Meta, if Meta itself is the provider
 * @param name          the people's profile name
 * @param referral      whether they come from an ad
 * @param adId          the ad
 * @param headline      the ad's headline
 * @param people        who writes, each with a message of their own
 * @param times         how often the webhooks are delivered
 * @param meta          what only Meta's webhooks can be like
 */
record ClickOrder(Provider provider, String key, String phoneNumberId, String name, boolean referral, String adId,
                  String headline, List<Person> people, int times, MetaWish meta) {

    /** What people write. */
    static final String WORDS = "Hello, I saw your ad.";
    /** The ad's text. */
    static final String BODY = "Ask us anything, we answer within minutes.";
    /** What the ad makes WhatsApp say first. */
    static final String GREETING = "Hello! What can we do for you?";

    /** The address behind the ad. */
    String sourceUrl() {
        return "https://fb.me/" + adId;
    }

    /** The ad's picture. */
    String picture() {
        return "https://images.example/" + adId + ".jpg";
    }

    /**
     * Somebody who writes.
     *
     * @param phone     digits; null for one who hides the number
     * @param userId    the business-scoped user id
     * @param lid       WhatsApp's own id of the person, digits
     * @param clickId   null for an ad, or no ad, that gives none
     * @param messageId the id of the message, as the provider gives it
     */
    record Person(String phone, String userId, String lid, String clickId, String messageId) {

        /** The person's number in a provider's own address book. */
        long contactId() {
            return Long.parseLong(lid) % 1_000_000_000L;
        }

        @Override
        public String toString() {
            return "Person";
        }
    }

    /** What a provider shows of a person besides the phone number, and instead of it if that is hidden. */
    enum Known {
        /** Meta's business-scoped user id. */
        USER_ID("userId", Person::userId),
        /** WhatsApp's own id. */
        LID("lid", Person::lid),
        /** The provider's own id. */
        CONTACT_ID("contactId", Person::contactId),
        /** Nothing, as far as is known. */
        NOTHING(null, person -> null);

        private final String field;
        private final Function<Person, Object> value;

        Known(String field, Function<Person, Object> value) {
            this.field = field;
            this.value = value;
        }

        /** Its name in the simulator's answer; null for nothing. */
        String field() {
            return field;
        }

        /** What it is of this person. */
        Object of(Person person) {
            return value.apply(person);
        }
    }

    @Override
    public String toString() {
        return "ClickOrder[" + provider + "]"; // the rest is a person's
    }
}
